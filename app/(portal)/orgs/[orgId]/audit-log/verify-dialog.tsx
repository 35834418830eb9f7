import type { ReactNode } from "react";
import { SubmitButton } from "@/components/form";
import { ButtonForm } from "@/components/form/button-form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Dialog } from "@/components/ui/dialog";
import { alertClass, formStack } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { circleAlert, circleCheck } from "@/components/ui/icons";
import { RefreshWhileVisible } from "@/components/ui/refresh-while-visible";
import { Time } from "@/components/ui/time";
import type { Actor } from "@/lib/access/actor";
import { getVerification } from "@/lib/audit-chain/queries";
import type { VerificationResult } from "@/lib/audit-chain/records";
import { findingText } from "@/lib/audit-chain/rules";
import { formatDateTime } from "@/lib/shared/format-date-time";
import { startVerificationAction } from "./actions";
import type { Times } from "./entry-row";

type Verification = NonNullable<Awaited<ReturnType<typeof getVerification>>["verification"]>;
type VerifyDialogProps = { actor: Actor; path: string; closeHref: string; times: Times };

const count = (number: number) => number.toLocaleString("en");

/** Verifies the hash chain of the log: the latest result, or how far a verification is. */
export async function VerifyDialog({ actor, path, closeHref, times }: VerifyDialogProps) {
  const { verification, key } = await getVerification(actor, {});
  const isRunning = verification?.isRunning === true;
  return (
    <Dialog title="Verify Audit Logs" closeHref={closeHref}>
      <div className="grid gap-5">
        <p>All entries form a chain that is signed every minute. If somebody changes, deletes or moves an entry in the database, the verification names it.</p>
        {verification && <State verification={verification} times={times} />}
        <DescriptionList>
          {verification?.result && <Facts result={verification.result} currentKey={key} times={times} />}
          <Description term="Key">
            <code>{key}</code>
            <small>The downloaded file is verified by the command npm run verify-audit; pass it this key</small>
          </Description>
        </DescriptionList>
        {isRunning ? (
          <LinkRow>
            <RefreshWhileVisible />
            <LinkButton href={`${path}?dialog=verify`}>Refresh</LinkButton>
          </LinkRow>
        ) : (
          <ButtonForm action={startVerificationAction.bind(null, actor.orgId)} className={formStack}>
            <LinkRow>
              <SubmitButton>Verify now</SubmitButton>
              <LinkButton href={`${path}/verification`} download>Download for verification</LinkButton>
            </LinkRow>
          </ButtonForm>
        )}
      </div>
    </Dialog>
  );
}

const LinkRow = ({ children }: { children: ReactNode }) => <div className={buttonRow}>{children}</div>;

function State({ verification, times }: { verification: Verification; times: Times }) {
  const { result, isRunning, checked, total, startedAt, startedBy, finishedAt } = verification;
  if (result && finishedAt) {
    return (
      <div className="grid gap-2">
        <Outcome result={result} times={times} />
        <p className="text-sm text-muted">
          Verified on <Time at={finishedAt} {...times} />, started by {startedBy}
        </p>
      </div>
    );
  }
  if (!isRunning) return <p className={alertClass("warn")} role="status">The verification that started on {formatDateTime(startedAt, times)} did not finish. Start it again.</p>;
  return (
    <div role="status" className="grid gap-2">
      <p>{total > 0 ? `Verified ${count(checked)} of ${count(total)} entries` : "The verification is starting"}</p>
      <progress className="w-full" max={total || 1} value={total > 0 ? checked : undefined} aria-label="Progress" />
    </div>
  );
}

function Outcome({ result: { findings, findingCount, entries }, times }: { result: VerificationResult; times: Times }) {
  const at = (time: string) => formatDateTime(new Date(time), times);
  if (findingCount === 0) {
    return (
      <p className="flex gap-[5px] font-medium text-ok [&_svg]:mt-0.5 [&_svg]:size-3.5" role="status">
        <IconPath d={circleCheck} />
        {entries === 1 ? "The entry is as it was written." : `All ${count(entries)} entries are as they were written.`}
      </p>
    );
  }
  return (
    <div className={alertClass("bad")} role="alert">
      <IconPath d={circleAlert} />
      <div className="grid gap-1">
        <p className="font-medium">The log is not as it was written.</p>
        <ul className="grid list-disc gap-1 ps-4">
          {findings.map((finding) => <li key={JSON.stringify(finding)}>{findingText(finding, at)}</li>)}
          {findingCount > findings.length && <li>And {count(findingCount - findings.length)} more.</li>}
        </ul>
      </div>
    </div>
  );
}

type FactsProps = { result: VerificationResult; currentKey: string; times: Times };

function Facts({ result: { entries, removed, from, end, checkpoint, findingCount }, currentKey, times }: FactsProps) {
  const newer = end.seq - (checkpoint?.seq ?? 0);
  return (
    <>
      {findingCount > 0 && <Description term="Unchanged">{count(entries)}</Description>}
      {from && <Description term="Earliest entry"><Time at={new Date(from)} {...times} /></Description>}
      {removed > 0 && <Description term="Removed">{count(removed)}<small>By retention, or with accounts that were deleted</small></Description>}
      {checkpoint && (
        <>
          <Description term="Last checkpoint">
            No. {count(checkpoint.number)}, <Time at={new Date(checkpoint.at)} {...times} />
            <small>{newer > 0 ? `Covers all but the newest ${count(newer)}` : "Covers all entries"}</small>
          </Description>
          <Description term="Signed since"><Time at={new Date(checkpoint.since)} {...times} /></Description>
          {checkpoint.key !== currentKey && <Description term="Signed by"><code>{checkpoint.key}</code></Description>}
        </>
      )}
    </>
  );
}
