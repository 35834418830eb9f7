import * as z from "zod/mini";
import { LinkButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Empty } from "@/components/ui/empty";
import { PageHeader } from "@/components/ui/page-header";
import { Row, Rows } from "@/components/ui/rows";
import { Section, Sections } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { getMsp, type MspOrganization } from "@/lib/msps/queries";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import { accountPage } from "@/lib/web/account-page";
import { timeFormat } from "@/lib/web/page";
import { AnswerForm, type AnswerKind } from "./answer-form";

const params = z.object({ mspId: z.uuid() });

export default accountPage({ title: "Managed Service Provider", params }, async ({ session, params: { mspId }, query }) => {
  const msp = await getMsp(session.account.id, { mspId });
  const times = await timeFormat(session);
  const path = `/msp/${mspId}`;
  const all = [...msp.requests, ...msp.organizations];
  return (
    <>
      <PageHeader title={msp.name} help="Organizations assigned to your Managed Service Provider, and their requests." />
      {all.length === 0 ? (
        <Empty title="No organizations yet">
          <p>A Super User of an organization assigns it in its settings, with this ID: {mspId}</p>
        </Empty>
      ) : (
        <Sections>
          {msp.requests.length > 0 && (
            <Section title="Requests" description="Organizations that ask to be assigned. Until you accept, nothing changes for them.">
              <OrganizationRows label="Requests" rows={msp.requests} kinds={["accept", "decline"]} path={path} times={times} />
            </Section>
          )}
          {msp.organizations.length > 0 && (
            <Section title="Organizations" description="Either side can end an assignment at any time.">
              <OrganizationRows label="Organizations" rows={msp.organizations} kinds={["end"]} path={path} times={times} />
            </Section>
          )}
        </Sections>
      )}
      <AnswerDialog mspId={mspId} mspName={msp.name} organizations={all} kind={String(query.dialog)} organization={String(query.organization)} closeHref={path} />
    </>
  );
});

const labels: Record<AnswerKind, string> = { accept: "Accept", decline: "Decline", end: "End" };

type OrganizationRowsProps = { label: string; rows: readonly MspOrganization[]; kinds: readonly AnswerKind[]; path: string; times: DateTimeOptions };

function OrganizationRows({ label, rows, kinds, path, times }: OrganizationRowsProps) {
  return (
    <Rows label={label}>
      {rows.map(({ id, name, requestedAt, acceptedAt }) => {
        const since = acceptedAt ? <>Assigned since <Time at={acceptedAt} {...times} /></> : <>Requested <Time at={requestedAt} {...times} /></>;
        return (
          <Row key={id} title={name} facts={[<span key="since">{since}</span>]}>
            {kinds.map((kind) => (
              <LinkButton key={kind} href={`${path}?dialog=${kind}&organization=${id}`} variant={kind === "accept" ? "primary" : undefined}>
                {labels[kind]}
                <span className="sr-only"> {name}</span>
              </LinkButton>
            ))}
          </Row>
        );
      })}
    </Rows>
  );
}

const questions: Record<AnswerKind, (name: string, msp: string) => { title: string; text: string }> = {
  accept: (name, msp) => ({ title: `Accept ${name}?`, text: `${msp} becomes the Managed Service Provider of ${name}. Its Super Users are notified by email.` }),
  decline: (name, msp) => ({ title: `Decline ${name}?`, text: `${name} isn’t assigned to ${msp}. Its Super Users are notified by email, and can ask again.` }),
  end: (name, msp) => ({ title: `End the assignment of ${name}?`, text: `${msp} is no longer the Managed Service Provider of ${name}, effective immediately. Its Super Users are notified by email.` }),
};

type AnswerDialogProps = { mspId: string; mspName: string; organizations: readonly MspOrganization[]; kind: string; organization: string; closeHref: string };

function AnswerDialog({ mspId, mspName, organizations, kind, organization, closeHref }: AnswerDialogProps) {
  const subject = organizations.find(({ id }) => id === organization);
  const isOffered = subject && Object.hasOwn(questions, kind) && (kind === "end") === (subject.acceptedAt !== null);
  if (!isOffered) return null;
  const { title, text } = questions[kind as AnswerKind](subject.name, mspName);
  return (
    <Dialog title={title} closeHref={closeHref}>
      <AnswerForm kind={kind as AnswerKind} mspId={mspId} organization={subject.id} text={text} closeHref={closeHref} />
    </Dialog>
  );
}
