import { CheckField } from "@/components/form";
import { LinkButton } from "@/components/ui/button";
import { hintText } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { circleCheck } from "@/components/ui/icons";

type TwoFactorFieldProps = {
  state: "off" | "pending" | "active";
  /** The organizations that require it. */
  requiredBy?: readonly string[];
};

const label = "Enable Two Factor Authentication";

/** The two-factor field of the profile form; read-only while two-factor authentication is active. */
export function TwoFactorField({ state, requiredBy = [] }: TwoFactorFieldProps) {
  const required = requiredBy.length > 0 && `${requiredBy.join(", ")} ${requiredBy.length > 1 ? "require" : "requires"} it.`;
  if (state === "active") {
    return (
      <div className="grid gap-2">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="text-sm font-medium">{label}</span>
          <span className="inline-flex items-center gap-1.5 text-ok"><IconPath d={circleCheck} /> Active</span>
        </p>
        <p className={hintText()}>Signing in asks for a code of your authenticator app. {required}</p>
        <p className="flex flex-wrap gap-2">
          <LinkButton href="/account?dialog=recovery-codes">New recovery codes</LinkButton>
          <LinkButton href="/account?dialog=two-factor-off">Disable</LinkButton>
        </p>
      </div>
    );
  }
  const hint =
    state === "pending"
      ? "Not active yet: verify it with a token of your authenticator app."
      : "Signing in then asks for a code of an authenticator app, besides your password.";
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <CheckField name="twoFactor" label={label} hint={<>{hint} {required}</>} />
      {state === "pending" && <LinkButton href="/account/two-factor">Verify</LinkButton>}
    </div>
  );
}
