"use client";

import { RadioGroup } from "@/components/form";
import { roleNames, roles } from "@/lib/shared/roles";

const options = roleNames.map((role) => ({ value: role, label: roles[role].label, description: roles[role].description }));

export const RoleChoice = () => <RadioGroup name="role" label="Role" required options={options} />;
