import { SubmitButton } from "@/components/form";
import { ButtonForm } from "@/components/form/button-form";
import type { FormAction, FormValues } from "@/lib/shared/form-state";

type Difference = {
  path: string;
  label: string;
  from: string;
  to: string;
  /** What is left out when the first value is restored, and why. */
  note?: string;
};

type DifferencesProps = {
  differences: readonly Difference[];
  /** Restores a value of the first point; absent for those who may not. */
  action?: FormAction;
  /** What the action gets besides the path. */
  fields: FormValues;
};

/** What differs between two points, with buttons that restore the values of the first. */
export function HistoryDifferences({ differences, action, fields }: DifferencesProps) {
  const restore = (path: string, label: string, description?: string) =>
    action && (
      <ButtonForm action={action}>
        {Object.entries({ ...fields, path }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <SubmitButton variant="plain">
          {label}
          {description && <span className="sr-only"> {description}</span>}
        </SubmitButton>
      </ButtonForm>
    );
  if (differences.length === 0) return <p>Nothing differs between these points.</p>;
  return (
    <>
      <ul className="rounded-md border border-line" aria-label="Differences">
        {differences.map(({ path, label, from, to, note }) => (
          <li key={path} className="grid gap-1 px-3 py-2.5 not-first:border-t not-first:border-line">
            <b className="font-medium">{label}</b>
            <Change from={from} to={to} />
            {note && action && <small className="text-sm text-muted">{note}.</small>}
            {restore(path, "Restore the first value", `of ${label}`)}
          </li>
        ))}
      </ul>
      {restore("", "Restore All")}
    </>
  );
}

/** A value before and after a change. */
export function Change({ from, to }: { from: string; to: string }) {
  return (
    <span className="wrap-anywhere">
      <del className="rounded-sm bg-bad-soft px-1 no-underline">{from}</del> → <ins className="rounded-sm bg-ok-soft px-1 no-underline">{to}</ins>
    </span>
  );
}
