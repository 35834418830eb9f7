import * as z from "zod/mini";
import { type Labels, listField, numberField, single, textField } from "@/lib/shared/settings/fields";
import { boundedText, normalizedLine, singleLine } from "@/lib/shared/text-schemas";
import { namesIn, substitute } from "@/lib/shared/variables";

type Option<T> = { value: T; label: string };
type OptionField<T> = Labels & { options: readonly [Option<T>, ...Option<T>[]]; fallback?: T; /** The label of the choice of no value. */ none?: string };

/** One of several values, which need not be texts; without a fallback none can be chosen. */
export function optionField<T extends string | number | boolean>({ options, fallback, none, ...labels }: OptionField<T>) {
  const unset = fallback === undefined ? [{ value: "", label: none ?? "Not set" }] : [];
  const choices = [...unset, ...options.map(({ value, label }) => ({ value: String(value), label }))];
  const value = z.literal(options.map((option) => option.value)) as unknown as z.ZodMiniType<T>;
  const typed = z._default(boundedText(20), "");
  const form = z.pipe(
    typed,
    z.transform((text: string, context) => {
      const found = options.find((option) => String(option.value) === text);
      if (!found && text !== "") context.issues.push({ code: "custom", message: "Choose one", input: text });
      return found ? found.value : fallback;
    }),
  );
  return single<T>({ ...labels, control: { kind: "choice", options: choices, as: "select" }, value, form, fallback, format: (chosen) => (chosen === undefined ? "" : String(chosen)) });
}

type Text = z.ZodMiniType<string, string>;

const checked = (text: Text, schema: Text): Text =>
  text.check(({ value, issues }) => {
    const rest = substitute(value, new Map(namesIn(value).map((name) => [name, ""]))).text;
    const fail = (message: string) => issues.push({ code: "custom", message, input: value });
    if (/\{\{|\}\}/.test(rest)) fail("Write a variable as {{name}}, with letters, digits and underscores");
    else if (rest === value && value !== "") for (const { message } of schema.safeParse(value).error?.issues.slice(0, 1) ?? []) fail(message);
  });

/** Text that a schema accepts, or text with variables such as `{{name}}`, whose value is known per site only. */
export const withVariables = (max: number, schema: Text): Text => checked(singleLine(max), schema);

/** The same, or nothing. */
export const optionalWithVariables = (max: number, schema: Text): z.ZodMiniType<string, string | undefined> => z._default(checked(normalizedLine(max), schema), "");

const label = /^(?!-)[a-z\d_-]{1,63}(?<!-)$/i;
const isHostName = (text: string) => text.length <= 253 && text.split(".").every((part) => label.test(part)) && !/(?:^|\.)\d+$/.test(text);
const isAddress = (text: string) => z.union([z.ipv4(), z.ipv6()]).safeParse(text).success;

const maxHost = 253;
const hostText = z.string().check(z.refine((text) => isAddress(text) || isHostName(text), "Enter a host name or an IP address"));
const host = withVariables(maxHost, hostText);
const ipv4Text = z.string().check(z.refine((text) => z.ipv4().safeParse(text).success, "Enter an IPv4 address, like 192.0.2.10"));

/** A host name or IP address; may hold variables. */
export const hostField = (labels: Labels) => textField({ ...labels, schema: optionalWithVariables(maxHost, hostText), maxLength: maxHost });

/** An IPv4 address or netmask; may hold variables. */
export const ipv4Field = (labels: Labels & { placeholder?: string }) => textField({ ...labels, schema: optionalWithVariables(64, ipv4Text), maxLength: 64 });

/** Host names or IP addresses, one per line; may hold variables. */
export const hostsField = (labels: Labels & { max: number }) => listField({ ...labels, item: host });

/** DNS suffixes, one per line; may hold variables. */
export const suffixesField = (labels: Labels) =>
  listField({ ...labels, max: 10, item: withVariables(maxHost, z.string().check(z.refine((text) => isHostName(text.replace(/^\./, "")), "Enter domains, like example.net"))) });

/** The number of a VLAN. */
export const vlanField = (labels: Labels & { placeholder?: string }) => numberField({ ...labels, min: 1, max: 4_094, unit: "ID" });
