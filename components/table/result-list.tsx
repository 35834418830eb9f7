import { IconPath } from "@/components/ui/icon-path";
import { circleAlert, circleCheck } from "@/components/ui/icons";
import type { ItemResult } from "@/lib/shared/selection";

type ResultListProps = { label: string; results: readonly ItemResult[]; /** Shown in its whole length, rather than scrolled. */ isLong?: boolean };

/** What a bulk command did or would do with each row. */
export function ResultList({ label, results, isLong = false }: ResultListProps) {
  return (
    <ul className={`overflow-auto rounded-md border border-line bg-surface ${isLong ? "" : "max-h-80"}`} aria-label={label}>
      {results.map(({ id, name, done, text }) => (
        <li key={id} className="flex gap-2 border-line px-3 py-2 not-first:border-t">
          <span className={done ? "text-ok" : "text-bad"}>
            <IconPath d={done ? circleCheck : circleAlert} />
          </span>
          <span className="min-w-0 wrap-anywhere">
            <b className="font-medium">{name}</b>: {text}
          </span>
        </li>
      ))}
    </ul>
  );
}
