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
