import { LinkButton } from "@/components/ui/button";
import { hintText } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { circleCheck } from "@/components/ui/icons";
import { SetUpButton } from "./forms";

type TwoFactorFieldProps = {
  isActive: boolean;
  /** The organizations that require it. */
  requiredBy?: readonly string[];
};

const label = "Enable Two Factor Authentication";

/** The state of two-factor authentication in the profile form, with what can be done about it. */
export function TwoFactorField({ isActive, requiredBy = [] }: TwoFactorFieldProps) {
  const required = requiredBy.length > 0 && `${requiredBy.join(", ")} ${requiredBy.length > 1 ? "require" : "requires"} it.`;
  if (isActive) {
    return (
      <div className="grid gap-2">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="text-sm font-medium">{label}</span>
          <span className="inline-flex items-center gap-1.5 text-ok"><IconPath d={circleCheck} /> Active</span>
        </p>
        <p className={hintText()}>Signing in asks for a code from your authenticator app. {required}</p>
        <p className="flex flex-wrap gap-2">
          <LinkButton href="/account?dialog=recovery-codes">New recovery codes</LinkButton>
          <LinkButton href="/account?dialog=two-factor-off">Disable</LinkButton>
        </p>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0 flex-[1_1_240px]">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="text-sm font-medium">{label}</span>
          <span className="text-muted">Off</span>
        </p>
        <p className={`mt-[5px] ${hintText()}`}>Signing in then also asks for a code from an authenticator app. {required}</p>
      </div>
      <SetUpButton />
    </div>
  );
}
