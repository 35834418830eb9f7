import { Fragment, isValidElement, type ReactElement, type ReactNode } from "react";

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;" };

const special = /[&<>"'`]/;
const everySpecial = /[&<>"'`]/g;

class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString() {
    return this.#text;
  }
}

/** Markup that is safe to send: made by `html` and by nothing else. */
export type Html = Markup;

type Value = Html | string | number | null | undefined | false;

function escaped(value: Value): string {
  if (value instanceof Markup) return value.toString();
  if (value === null || value === undefined || value === false) return "";
  const text = String(value);
  return special.test(text) ? text.replace(everySpecial, (character) => escapes[character] ?? "") : text;
}

const isList = (value: Value | readonly Value[]): value is readonly Value[] => Array.isArray(value);

/** Markup in which every value is escaped, unless it is markup made the same way; lists are joined. */
export function html(parts: TemplateStringsArray, ...values: readonly (Value | readonly Value[])[]): Html {
  let text = parts[0] ?? "";
  for (const [at, value] of values.entries()) {
    if (isList(value)) for (const one of value) text += escaped(one);
    else text += escaped(value);
    text += parts[at + 1] ?? "";
  }
  return new Markup(text);
}

const safeAddress = /^(?:\/(?![/\\])|\?|#|https?:\/\/|mailto:)/i;

/** The address a link may lead to; a script, a foreign scheme or `//host` leads nowhere. */
export function hrefOf(address: string): string {
  return safeAddress.test(address) ? address : "#";
}

const attributes: Record<string, string> = {
  className: "class",
  htmlFor: "for",
  defaultValue: "value",
  defaultChecked: "checked",
};
const addresses = new Set(["href", "action", "src", "formAction"]);
const empty = new Set(["input", "br", "hr", "img"]);
const plainName = /^[a-zA-Z][\w-]*$/;

function attribute([name, value]: [string, unknown]): string {
  if (name === "children" || value === null || value === undefined) return "";
  const isSpoken = /^(?:aria|data)-/.test(name);
  if (value === false && !isSpoken) return "";
  const isSayable = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  if (!isSayable || !plainName.test(name)) throw new Error(`${name} cannot be drawn`);
  const text = value === true && !isSpoken ? "" : String(value);
  return ` ${attributes[name] ?? name}="${escaped(addresses.has(name) ? hrefOf(text) : text)}"`;
}

type Drawn = (props: object) => ReactNode;

function element({ type, props }: ReactElement): string {
  if (type === Fragment) return drawn((props as { children?: ReactNode }).children);
  if (typeof type === "function" && !("$$typeof" in type)) return drawn((type as Drawn)(props as object));
  if (typeof type !== "string" || !plainName.test(type)) throw new Error("Only elements without behaviour can be drawn");
  const open = `<${type}${Object.entries(props as object).map(attribute).join("")}>`;
  return empty.has(type) ? open : `${open}${drawn((props as { children?: ReactNode }).children)}</${type}>`;
}

function drawn(node: ReactNode): string {
  if (node === null || node === undefined || typeof node === "boolean") return "";
  if (typeof node === "string" || typeof node === "number") return escaped(node);
  if (Array.isArray(node)) return node.map(drawn).join("");
  if (isValidElement(node)) return element(node);
  throw new Error("Only what is there already can be drawn");
}

/** The markup of elements that nothing happens in: no state, no handlers, nothing to wait for. */
export const htmlOf = (node: ReactNode): Html => new Markup(drawn(node));
