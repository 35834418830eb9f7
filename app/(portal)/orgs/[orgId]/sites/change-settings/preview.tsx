import { IconPath } from "@/components/ui/icon-path";
import { circleAlert, circleCheck } from "@/components/ui/icons";
import { textLink } from "@/components/ui/text-link";
import { countText } from "@/lib/shared/count-text";
import type { ItemResult } from "@/lib/shared/selection";

const mostNamed = 5;

/** What an edit would do: the sites with the same change together, then those that it leaves and those that refuse it. */
export function EditPreview({ results }: { results: readonly ItemResult[] }) {
  const groups = [...Map.groupBy(results, ({ done, text }) => `${done} ${text}`).values()];
  const orderOf = ([first]: readonly ItemResult[]) => (first?.isUnchanged ? 1 : first?.done ? 0 : 2);
  const changes = results.filter(({ done, isUnchanged }) => done && !isUnchanged).length;
  return (
    <>
      <p role="status">{changes === 0 ? "Nothing to change." : `${countText(changes, "site")} will change.`}</p>
      <ul className="rounded-md border border-line" aria-label="Changes">
        {groups
          .toSorted((one, other) => orderOf(one) - orderOf(other))
          .map((sites) => (
            <GroupOfSites key={`${sites[0]?.done} ${sites[0]?.text}`} sites={sites} />
          ))}
      </ul>
    </>
  );
}

function GroupOfSites({ sites }: { sites: readonly ItemResult[] }) {
  const { done = false, text = "", isUnchanged } = sites[0] ?? {};
  const names = sites.map(({ name }) => name);
  return (
    <li className="flex gap-2 border-line px-3 py-2 not-first:border-t">
      <span className={done ? "text-ok" : "text-bad"}>
        <IconPath d={done ? circleCheck : circleAlert} />
      </span>
      <div className="min-w-0 flex-1 wrap-anywhere">
        {isUnchanged ? "Already so" : text}
        {names.length <= mostNamed ? (
          <p className="text-sm text-muted">{names.join(", ")}</p>
        ) : (
          <details>
            <summary className={`${textLink} cursor-pointer text-sm`}>{countText(names.length, "site")}</summary>
            <p className="max-h-60 overflow-auto text-sm text-muted">{names.join(", ")}</p>
          </details>
        )}
      </div>
    </li>
  );
}
