import { CheckField } from "@/components/form";
import { Glyph } from "@/components/ui/glyph";
import { circleCheck } from "@/components/ui/icons";
import { Tag } from "@/components/ui/tag";

type TwoFactorFieldProps = {
  state: "off" | "pending" | "active";
  /** The organizations whose policy asks for it. */
  requiredBy?: readonly string[];
};

const label = "Enable Two Factor Authentication";

/** Whether signing in asks for a code, within the form of the profile: what is active is a fact, not a choice (ACC-22). */
export function TwoFactorField({ state, requiredBy = [] }: TwoFactorFieldProps) {
  const required = requiredBy.length > 0 && `${requiredBy.join(", ")} ${requiredBy.length > 1 ? "require" : "requires"} it.`;
  if (state === "active") {
    return (
      <div className="field">
        <p className="fact">
          {label} <Tag kind="ok"><Glyph d={circleCheck} /> Active</Tag>
        </p>
        <p className="hint">Signing in asks for a code of your authenticator app. {required}</p>
        <p className="fact">
          <a className="button" href="/account?window=recovery-codes">New recovery codes</a>
          {!required && <a className="button" href="/account?window=two-factor-off">Disable</a>}
        </p>
      </div>
    );
  }
  const asked = state === "pending" ? "Not active yet: verify a code of your authenticator app." : "Signing in then asks for a code of an authenticator app on your phone too.";
  return (
    <div className="beside">
      <CheckField name="twoFactor" label={label} hint={<>{asked} {required}</>} />
      {state === "pending" && <a className="button" href="/account/two-factor">Verify</a>}
    </div>
  );
}
