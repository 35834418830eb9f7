import { alertClass } from "@/components/ui/form-class";
import { LinkButton } from "@/components/ui/button";
import { RefreshWhileVisible } from "@/components/ui/refresh-while-visible";
import { countText } from "@/lib/shared/count-text";
import type { getSiteImport } from "@/lib/site-imports/queries";

export type ImportDetails = Awaited<ReturnType<typeof getSiteImport>>;
type SummaryProps = { details: ImportDetails; path: string };

const list = new Intl.ListFormat("en-GB");
const mostNamed = 10;
const named = (names: readonly string[]) => list.format(names.length > mostNamed ? [...names.slice(0, mostNamed), `${names.length - mostNamed} more`] : names);

/** What an import would do, how far it is, or what it did, in words with numbers. */
export function Summary({ details, path }: SummaryProps) {
  const { status, isStalled } = details;
  return (
    <div className="grid gap-2 px-gutter pb-4">
      {status === "waiting" && <Preview details={details} />}
      {status === "running" && <Progress details={details} path={path} />}
      {status === "running" && isStalled && (
        <p className={alertClass("warn")} role="alert">The import has made no progress for 10 minutes. It goes on by itself when the server works again, or you can undo it.</p>
      )}
      {status === "failed" && (
        <p className={alertClass("bad")} role="alert">
          The import stopped after {countText(details.done, "row")} of {details.total.toLocaleString("en")}: it was interrupted, or its owner can no longer create sites. Import the list again to add the rest, or undo it.
        </p>
      )}
      {(status === "done" || status === "failed") && <p role="status">{resultText(details)}</p>}
      {status === "undone" && <p role="status">{undoneText(details)}</p>}
    </div>
  );
}

function Preview({ details: { counts, newGroups, ignoredColumns } }: { details: ImportDetails }) {
  return (
    <>
      <p role="status">{[`${countText(counts.added, "site")} will be added.`, ...leftOut(counts)].join(" ")}</p>
      {newGroups.length > 0 && <p>{`${countText(newGroups.length, "site group")} will be created: ${named(newGroups)}.`}</p>}
      {ignoredColumns.length > 0 && <p>{`${ignoredColumns.length === 1 ? "This column is" : "These columns are"} ignored: ${named(ignoredColumns)}.`}</p>}
    </>
  );
}

const leftOut = ({ ignored, faulty }: ImportDetails["counts"]) => [
  ...(ignored > 0 ? [`${countText(ignored, "row is", "rows are")} ignored, because sites of these names exist.`] : []),
  ...(faulty > 0 ? [`${countText(faulty, "row is", "rows are")} faulty and left out.`] : []),
];

const resultText = ({ counts }: ImportDetails) => [`${countText(counts.added, "site was", "sites were")} added.`, ...leftOut(counts)].join(" ");

function undoneText({ counts }: ImportDetails): string {
  const kept = counts.kept > 0 ? [`${countText(counts.kept, "site was", "sites were")} not, because somebody changed or deleted them since.`] : [];
  return [`The import was undone: ${countText(counts.removed, "site was", "sites were")} removed.`, ...kept].join(" ");
}

function Progress({ details: { done, total }, path }: SummaryProps) {
  return (
    <>
      <RefreshWhileVisible />
      <div role="status" className="grid max-w-[560px] gap-2">
        <p>{`${done.toLocaleString("en")} of ${countText(total, "row")} done. You can leave this page: the import goes on.`}</p>
        <progress className="w-full" max={total} value={done} aria-label="Progress" />
      </div>
      <p className="script-off"><LinkButton href={path}>Refresh</LinkButton></p>
    </>
  );
}
