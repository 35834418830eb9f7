import type { SecretState } from "@/lib/shared/settings/secret-state";
import type { Section, SettingsField } from "@/lib/shared/settings/section";
import { type DateTimeOptions, formatDateTime } from "@/lib/shared/format-date-time";

/** A field as the form gets it. */
export type FieldView = Pick<SettingsField, "label" | "hint" | "control" | "within" | "line" | "required"> & {
  name: string;
  /** Since when the secret is set and by whom; undefined where none is set. */
  secret?: string;
  /** What applies while the field is empty. */
  placeholder?: string;
};

type Facts = {
  secrets: readonly SecretState[];
  defaults?: Readonly<Record<string, number>>;
  /** What a field takes over while it is not set, in words, by its name. */
  inherited?: Readonly<Record<string, string>>;
};

/** When a secret was set, and by whom. */
export const secretText = ({ setAt, setBy }: SecretState, times: DateTimeOptions) => `Set on ${formatDateTime(setAt, { ...times, shown: "date" })} by ${setBy ?? "someone"}`;

/** The fields of a section as plain data for the form. */
export const fieldViews = ({ fields }: Section, { secrets, defaults = {}, inherited = {} }: Facts, times: DateTimeOptions): FieldView[] =>
  Object.entries(fields).map(([name, { label, hint, control, within, line, required }]) => {
    const state = secrets.find((secret) => secret.name === name);
    const standard = "placeholder" in control ? control.placeholder : undefined;
    const placeholder = defaults[name] === undefined ? standard : String(defaults[name]);
    return { name, label, hint: inherited[name] === undefined ? hint : [hint, inherited[name]].filter(Boolean).join(" "), control, within, line, required, secret: state && secretText(state, times), placeholder };
  });
