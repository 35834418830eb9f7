"use client";

import { useId, useState } from "react";
import { IconPath } from "@/components/ui/icon-path";
import { check } from "@/components/ui/icons";
import { passwordOnlyMinLength, meetsRequirement, maxPasswordLength, type PasswordRequirement, passwordStrength } from "@/lib/shared/password-rules";
import { PasswordField } from "./fields";

type NewPasswordFieldProps = {
  name: string;
  label: string;
  required?: boolean;
  /** What the person's organizations ask for, or what holds for everybody. */
  requirements: readonly PasswordRequirement[];
  /** Whether signing in asks for nothing else. */
  alone?: boolean;
};

const refusals = `At most ${maxPasswordLength} characters. Widely used passwords, and names that others know of you, are refused.`;
const words = ["Very weak", "Weak", "Fair", "Good", "Strong"] as const;

/** A password that is chosen: the rules stand below it and are ticked off as it is typed. */
export function NewPasswordField({ requirements, alone = true, ...field }: NewPasswordFieldProps) {
  const [typed, setTyped] = useState("");
  const id = useId();
  return (
    <div className="new-password">
      <PasswordField {...field} autoComplete="new-password" hint={refusals} describedBy={id} onType={setTyped} />
      {typed !== "" && <Strength typed={typed} />}
      <ul id={id} className="rules">
        {requirements.map((requirement) => (
          <Rule key={requirement.text} text={requirement.text} met={meetsRequirement(requirement, typed)} />
        ))}
        {alone && <Rule text={`${passwordOnlyMinLength} or more are safer without a second factor`} met={[...typed].length >= passwordOnlyMinLength} />}
      </ul>
    </div>
  );
}

function Rule({ text, met }: { text: string; met: boolean }) {
  return (
    <li data-met={met ? "" : undefined}>
      {met ? <IconPath d={check} /> : <i />}
      <span>
        {text}
        {met && <span className="sr-only">: met</span>}
      </span>
    </li>
  );
}

function Strength({ typed }: { typed: string }) {
  const reached = passwordStrength(typed);
  return (
    <div className="strength" data-strength={reached}>
      {[1, 2, 3, 4].map((step) => (
        <i key={step} data-on={step <= reached ? "" : undefined} />
      ))}
      <span role="status">Strength: {words[reached]}</span>
    </div>
  );
}
