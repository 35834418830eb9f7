import { LinkButton } from "@/components/ui/button";
import { formatDateTime } from "@/lib/shared/format-date-time";
import { Row, Rows } from "@/components/ui/rows";
import { Section } from "@/components/ui/section";
import { Tag } from "@/components/ui/tag";
import { getGoogleIdentity } from "@/lib/identities/queries";
import { isGoogleEnabled } from "@/lib/integrations/google";
import type { AuthSession } from "@/lib/sessions/queries";
import { timeFormat } from "@/lib/web/page";

const title = "Sign in with Google";
const address = "/account?dialog=google";

export async function GoogleSection({ session }: { session: AuthSession }) {
  const [linked, times, isOn] = [await getGoogleIdentity(session.account.id), await timeFormat(session), isGoogleEnabled()];
  const whatItIs = isOn ? "Not linked. You sign in with your password." : "Not set up on this installation.";
  const used = linked?.lastUsedAt ? `Last used ${formatDateTime(linked.lastUsedAt, times)}` : "Not used yet";
  return (
    <Section id="google" title="Social Sign In" description="Sign in with an account you already have. Your password still works.">
      <Rows label="Social Sign In">
        {linked ? (
          <Row
            title={<>{title}{isOn ? <Tag kind="ok">Linked</Tag> : <Tag>Not set up</Tag>}</>}
            facts={[linked.email, `Linked ${formatDateTime(linked.linkedAt, times)}. ${used}.`]}
          >
            <LinkButton href={address}>
              DISABLE<span className="sr-only"> {title}</span>
            </LinkButton>
          </Row>
        ) : (
          <Row title={title} facts={[whatItIs]}>
            {isOn && (
              <LinkButton href={address}>
                ENABLE<span className="sr-only"> {title}</span>
              </LinkButton>
            )}
          </Row>
        )}
      </Rows>
    </Section>
  );
}
