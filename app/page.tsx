import { redirect } from "next/navigation";
import { flashMessage, withFlashMessage } from "@/lib/shared/flash-messages";
import { landingPath } from "@/lib/web/login-flow";
import { sessionStatus } from "@/lib/web/session";

export default async function HomePage({ searchParams }: PageProps<"/">) {
  const { notice } = await searchParams;
  const here = await sessionStatus();
  const path = here ? landingPath(here, { path: null }) : "/sign-in";
  redirect(flashMessage(notice) ? withFlashMessage(path, String(notice)) : path);
}
