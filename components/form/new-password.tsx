"use client";

import { useId, useState } from "react";
import { IconPath } from "@/components/ui/icon-path";
import { check } from "@/components/ui/icons";
import { passwordOnlyMinLength, meetsRequirement, type PasswordRequirement, passwordStrength } from "@/lib/shared/password-rules";
import { PasswordField } from "./fields";

type NewPasswordFieldProps = {
  name: string;
  label: string;
  required?: boolean;
  /** The password rules of the person's organizations, or the general ones. */
  requirements: readonly PasswordRequirement[];
  /** Whether the password is the only factor. */
  alone?: boolean;
};

const advice = `Avoid common passwords, your name and your company.`;
const strengthColors = ["bg-bad", "bg-bad", "bg-warn", "bg-ok", "bg-ok"] as const;
const words = ["Very weak", "Weak", "Fair", "Good", "Strong"] as const;

/** A new password with a list of the rules that updates on input. */
export function NewPasswordField({ requirements, alone = true, ...field }: NewPasswordFieldProps) {
  const [typed, setTyped] = useState("");
  const id = useId();
  return (
    <div className="grid gap-2">
      <PasswordField {...field} autoComplete="new-password" hint={advice} describedBy={id} onType={setTyped} />
      {typed !== "" && <Strength typed={typed} />}
      <ul id={id} className="grid gap-0.5 text-sm text-soft">
        {requirements.map((requirement) => (
          <Rule key={requirement.text} text={requirement.text} met={meetsRequirement(requirement, typed)} />
        ))}
        {alone && <Rule text={`${passwordOnlyMinLength} or more is safer without two-factor authentication`} met={[...typed].length >= passwordOnlyMinLength} />}
      </ul>
    </div>
  );
}

function Rule({ text, met }: { text: string; met: boolean }) {
  return (
    <li className="flex items-baseline gap-1.5 [&>svg]:size-3.5 [&>svg]:translate-y-0.5 [&>svg]:text-ok">
      {met ? <IconPath d={check} /> : <i className="mx-1 size-1.5 flex-none -translate-y-0.5 rounded-[3px] border border-control" />}
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
    <div className="flex items-center gap-1 text-sm text-soft">
      {[1, 2, 3, 4].map((step) => (
        <i key={step} className={`h-1 w-8 rounded-[2px] ${step <= reached ? `${strengthColors[reached]} forced-colors:bg-[CanvasText]!` : "bg-line-strong"}`} />
      ))}
      <span role="status" className="ms-1.5">Strength: {words[reached]}</span>
    </div>
  );
}
