"use client";

import { useState } from "react";
import { PickList, RadioGroup } from "@/components/form";
import { useField } from "@/components/form/context";
import type { PickOptions } from "@/components/form/use-picks";
import { Section } from "@/components/ui/section";
import { roles, roleNames } from "@/lib/shared/roles";

export type Places = { sites: PickOptions; groups: PickOptions };

const roleOptions = roleNames.map((role) => ({ value: role, label: roles[role].label, description: roles[role].description }));
const scopes = [
  { value: "all", label: "All Sites", description: "Those there are, and those that are added later." },
  { value: "groups", label: "Site Groups", description: "The sites in these groups, whichever they are at the time." },
  { value: "sites", label: "Specific Sites" },
];

const groupsByName = { name: "groupNames", label: "Further groups by name, one per line" };
const sitesByName = { name: "siteNames", label: "Further sites by name, one per line" };

/** Role and site access; without site access for roles that always cover all sites. */
export function AccessFields({ sites, groups }: Places) {
  const [role, setRole] = useState(useField("role").value);
  const facts = roleNames.flatMap((one) => (one === role ? roles[one] : []))[0];
  const fixed = facts?.alwaysAllSites === true;
  const choose = ({ target }: { target: EventTarget }) => {
    if (target instanceof HTMLInputElement && target.name === "role") setRole(target.value);
  };
  return (
    <>
      <Section title="Administrator Roles" description="What this person may do.">
        <div onChange={choose}>
          <RadioGroup name="role" label="Role" required options={roleOptions} />
        </div>
      </Section>
      <Section title="Site Access" description="Where they may do it.">
        {fixed && <input type="hidden" name="scope" value="all" />}
        {fixed && <p>All Sites. {facts.label} always has all sites.</p>}
        <fieldset disabled={fixed} hidden={fixed}>
          <RadioGroup
            name="scope"
            label="Sites"
            options={scopes}
            within={{
              groups: <PickList name="groups" label="Groups" options={groups} byName={groupsByName} none="There are no site groups. Give a site a group first." />,
              sites: <PickList name="sites" label="Sites to pick" options={sites} byName={sitesByName} />,
            }}
          />
        </fieldset>
      </Section>
    </>
  );
}
