import { SubmitButton } from "@/components/form";
import { ButtonForm } from "@/components/form/button-form";
import { settingLabel } from "@/lib/settings/rules";
import { restoreSettingsAction } from "./actions";
import type { History } from "./points";

type SiteNames = ReadonlyMap<string, string>;
type DifferencesProps = { orgId: string; history: History; updates: boolean; siteNames: SiteNames };

/** What differs between two points, with buttons that restore the values of the first. */
export function Differences({ orgId, history: { differences, chosen, version }, updates, siteNames }: DifferencesProps) {
  const action = restoreSettingsAction.bind(null, orgId);
  const restore = (path: string, label: string, description?: string) => (
    <ButtonForm action={action}>
      <input type="hidden" name="point" value={chosen.from} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="path" value={path} />
      <SubmitButton variant="plain">
        {label}
        {description && <span className="sr-only"> {description}</span>}
      </SubmitButton>
    </ButtonForm>
  );
  return (
    <>
      {differences.length === 0 && <p>Nothing differs between these points.</p>}
      {differences.length > 0 && (
        <ul className="rounded-md border border-line" aria-label="Differences">
          {differences.map(({ path, from, to }) => (
            <li key={path} className="grid gap-1 px-3 py-2.5 not-first:border-t not-first:border-line">
              <b className="font-medium">{settingLabel(path) ?? path}</b>
              <span className="wrap-anywhere">
                <del className="rounded-sm bg-bad-soft px-1 no-underline">{valueText(from, siteNames)}</del> → <ins className="rounded-sm bg-ok-soft px-1 no-underline">{valueText(to, siteNames)}</ins>
              </span>
              {updates && restore(path, "Restore the first value", `of ${settingLabel(path) ?? path}`)}
            </li>
          ))}
        </ul>
      )}
      {updates && differences.length > 0 && restore("", "Restore All")}
    </>
  );
}

function valueText(value: unknown, siteNames: SiteNames): string {
  if (value === undefined || value === null) return "Default";
  if (typeof value === "boolean") return value ? "On" : "Off";
  if (Array.isArray(value)) return value.map((item) => siteNames.get(String(item)) ?? String(item)).join(", ") || "None";
  return typeof value === "string" ? value : JSON.stringify(value);
}
