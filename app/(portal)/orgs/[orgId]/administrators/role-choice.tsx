"use client";

import { RadioGroup } from "@/components/form";
import { textLink } from "@/components/ui/text-link";
import { roleNames, roles } from "@/lib/shared/roles";

const options = roleNames.map((role) => ({ value: role, label: roles[role].label, description: roles[role].description }));

export const RoleChoice = () => <RadioGroup name="role" label="Role" required options={options} />;

/** Opens the page of all roles beside the form, which keeps what was typed. */
export function RolesLink({ href }: { href: string }) {
  return (
    <a className={textLink} href={href} target="_blank">
      What each role can do<span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
