import { redirect } from "next/navigation";
import { arrivalOf } from "@/lib/organizations/rules";
import { signedIn } from "@/lib/web/session";

export default async function HomePage() {
  const who = await signedIn();
  if (!who) redirect("/sign-in");
  const organizations = who.memberships.map(({ orgId, role }) => ({ id: orgId, role }));
  redirect(arrivalOf({ lastOrganizationId: who.account.lastOrganizationId, organizations }, { path: null }));
}
