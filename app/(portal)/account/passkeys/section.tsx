import { SignalPasskeys } from "@/components/passkey/signal-passkeys";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { Row, Rows } from "@/components/ui/rows";
import { Section } from "@/components/ui/section";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import { acceptedCredentials, listPasskeys, type Passkey } from "@/lib/passkeys/queries";
import { maxPasskeys } from "@/lib/passkeys/rules";
import type { AuthSession } from "@/lib/sessions/queries";
import { timeFormat } from "@/lib/web/page";

const whatItIs = "Sign in with your fingerprint, face or PIN instead of a password and a code.";

export async function PasskeySection({ session }: { session: AuthSession }) {
  const [passkeys, times] = [await listPasskeys(session.account.id), await timeFormat(session)];
  return (
    <Section id="passkeys" title="Passkeys" description={whatItIs}>
      {passkeys.length === 0 ? <p>You have no passkeys yet.</p> : <PasskeyRows passkeys={passkeys} times={times} />}
      <div>
        {passkeys.length < maxPasskeys ? (
          <span className="script-on">
            <LinkButton href="/account?dialog=passkey">Add a passkey</LinkButton>
          </span>
        ) : (
          <p>An account can have at most {maxPasskeys} passkeys. To add another, remove one that you no longer use.</p>
        )}
        <p className="script-off">Adding a passkey needs JavaScript.</p>
      </div>
      <SignalPasskeys accepted={acceptedCredentials(session.account, passkeys)} />
    </Section>
  );
}

type PasskeyRowsProps = { passkeys: Passkey[]; times: Awaited<ReturnType<typeof timeFormat>> };

function PasskeyRows({ passkeys, times }: PasskeyRowsProps) {
  return (
    <Rows label="Passkeys">
      {passkeys.map((passkey) => (
        <Row
          key={passkey.id}
          title={<>{passkey.name}<Tag kind={passkey.synced ? "info" : "plain"}>{passkey.synced ? "Synced" : "This device only"}</Tag></>}
          facts={passkeyDetails(passkey, times)}
        >
          <div className={buttonRow}>
            <LinkButton href={`/account?dialog=rename-passkey&passkey=${passkey.id}`}>
              Rename<span className="sr-only"> {passkey.name}</span>
            </LinkButton>
            <LinkButton href={`/account?dialog=remove-passkey&passkey=${passkey.id}`}>
              Remove<span className="sr-only"> {passkey.name}</span>
            </LinkButton>
          </div>
        </Row>
      ))}
    </Rows>
  );
}

/** When a passkey was added and last used. */
export const passkeyDetails = ({ createdAt, lastUsedAt }: Passkey, times: PasskeyRowsProps["times"]) => [
  <>
    Added <Time at={createdAt} {...times} />.{" "}
    {lastUsedAt ? <>Last used <Time at={lastUsedAt} {...times} />.</> : "Not used yet."}
  </>,
];
