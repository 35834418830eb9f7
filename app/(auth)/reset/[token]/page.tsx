import type { Metadata } from "next";
import { Door } from "@/components/layout/door";
import { showReset } from "@/lib/accounts/queries";
import { brand } from "@/lib/brand";
import { passwordFloor } from "@/lib/passwords/rules";
import { DeadLink } from "../../dead-link";
import { ResetForm } from "./reset-form";

export const metadata: Metadata = { title: "Choose a new password" };

const again = { label: "Ask for a new link", href: "/recover" };

export default async function ResetPage({ params }: PageProps<"/reset/[token]">) {
  const { token } = await params;
  const shown = await showReset(token);
  if (shown.state !== "fresh") return <DeadLink state={shown.state} next={again} />;
  if (!shown.found) return <DeadLink state="unknown" next={again} />;
  const minimum = Math.max(shown.found.rules.minimum, passwordFloor);
  return (
    <Door product={brand().name} title="Choose a new password" subtitle={shown.email}>
      <ResetForm token={token} email={shown.email} minimum={minimum} />
    </Door>
  );
}
