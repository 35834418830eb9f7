import { LinkButton } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { Row, Rows } from "@/components/ui/rows";
import { Tag } from "@/components/ui/tag";
import { type ApplicationStatus, listApplications } from "@/lib/linked-accounts/queries";
import { applications } from "@/lib/shared/applications";
import { formatDateTime } from "@/lib/shared/format-date-time";
import type { PanelProps } from "../panels";

/** The applications with the accounts that are linked. */
export async function ApplicationInsightsPanel({ actor, updates, times }: PanelProps) {
  const path = `/orgs/${actor.orgId}/settings`;
  const list = await listApplications(actor, {});
  return (
    <div className="grid gap-4">
      {list.map((application) => (
        <Application key={application.name} application={application} path={path} updates={updates} times={times} />
      ))}
    </div>
  );
}

type ApplicationProps = Pick<PanelProps, "updates" | "times"> & { application: ApplicationStatus; path: string };

function Application({ application: { name, isConfigured, accounts }, path, updates, times }: ApplicationProps) {
  const label = applications[name];
  const fact = isConfigured ? "No account linked." : "Not set up on this installation. Its operator can configure it.";
  return (
    <Rows label={label}>
      <Row title={<>{label}{!isConfigured && <Tag>Not set up</Tag>}</>} facts={accounts.length === 0 ? [fact] : []}>
        {updates && isConfigured && (
          <LinkButton href={`${path}?dialog=link-account&application=${name}`}>
            Link Account<span className="sr-only"> of {label}</span>
          </LinkButton>
        )}
      </Row>
      {accounts.map((account) => (
        <Row
          key={account.id}
          title={
            <>
              <TextLink href={`${path}/linked-accounts/${account.id}`}>{account.name}</TextLink>
              {account.failedAt && <Tag kind="bad">Link again</Tag>}
            </>
          }
          facts={[`Linked by ${account.linkedBy ?? "someone"} on ${formatDateTime(account.linkedAt, { ...times, shown: "date" })}`]}
        />
      ))}
    </Rows>
  );
}
