"use client";

import { useState } from "react";
import { HiddenField, PickList, RadioGroup, TextField } from "@/components/form";
import { useField } from "@/components/form/context";
import type { PickOptions } from "@/components/form/use-picks";
import { Section } from "@/components/ui/section";
import { roles, roleNames } from "@/lib/shared/roles";
import { RoleChoice, RolesLink } from "./role-choice";

export type AccessOptions = { sites: PickOptions; groups: PickOptions; rolesHref: string; /** The person's time zone, and the day that it is there. */ zone: string; today: string };

const scopes = [
  { value: "all", label: "All Sites", description: "All current and future sites." },
  { value: "groups", label: "Site Groups", description: "All current and future sites in these groups." },
  { value: "sites", label: "Specific Sites" },
];

const groupsByName = { name: "groupNames", label: "More groups by name, one per line" };
const sitesByName = { name: "siteNames", label: "More sites by name, one per line" };

/** Role, site access and end date; without site access for roles that always cover all sites. */
export function AccessFields({ sites, groups, rolesHref, zone, today }: AccessOptions) {
  const [role, setRole] = useState(useField("role").value);
  const facts = roleNames.flatMap((one) => (one === role ? roles[one] : []))[0];
  const fixed = facts?.alwaysAllSites === true;
  const choose = ({ target }: { target: EventTarget }) => {
    if (target instanceof HTMLInputElement && target.name === "role") setRole(target.value);
  };
  return (
    <>
      <Section title="Administrator Roles" description={<RolesLink href={rolesHref} />}>
        <div onChange={choose}>
          <RoleChoice />
        </div>
      </Section>
      <Section title="Site Access" description="Where the role applies.">
        {fixed && <input type="hidden" name="scope" value="all" />}
        {fixed && <p>All Sites. {facts.label} always has all sites.</p>}
        <fieldset disabled={fixed} hidden={fixed}>
          <RadioGroup
            name="scope"
            label="Sites"
            required
            options={scopes}
            within={{
              groups: <PickList name="groups" label="Groups" options={groups} byName={groupsByName} none="There are no site groups yet. Create one first." />,
              sites: <PickList name="sites" label="Sites to choose from" options={sites} byName={sitesByName} />,
            }}
          />
        </fieldset>
      </Section>
      <Section title="Access ends" description="Access with an end date ends by itself. We remind the person and the Super Users by email, 7 days and 1 day before.">
        <HiddenField name="timeZone" value={zone} />
        <TextField name="accessEndsOn" label="Last day with access" optional type="date" min={today} hint={`Up to and including this day, in ${zone}. Leave it empty for access without an end date.`} />
      </Section>
    </>
  );
}
