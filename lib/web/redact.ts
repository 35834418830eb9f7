const secretName = /passw|secret|token|cookie|authorization|credential|api_?key|otp|(?:recovery|activation|claim)_?code|link|email/i;
const secretPatterns: Array<[RegExp, string]> = [
  [/\bhttps?:\/\/[^\s"'<>]+/gi, "[link]"],
  [/\b(postgres(?:ql)?|smtps?):\/\/[^\s"'<>]+/gi, "$1://[secret]"],
  [/[^\s"'<>(),;:=]+@[^\s"'<>(),;:=]+\.[^\s"'<>(),;:=]+/gu, "[email]"],
  [/\b(Bearer|Token|Basic)\s+[\w.~+/=-]{8,}/gi, "$1 [secret]"],
  [/\$argon2\w+\$\S+/g, "[secret]"],
  [/\/(verify|reset|invite|enroll)\/[^\s"'?]+/g, "/$1/[secret]"],
];
const longWord = /[\w+/=-]{32,}/g;
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const unprintable = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
const looksRandom = (word: string) => !uuid.test(word) && /\d/.test(word) && /[a-z]/i.test(word) && !word.includes("/");

/** Removes secrets, email addresses, control characters and bidirectional marks from a text. */
export function redactText(text: string): string {
  const limited = text.length > 4_000 ? `${text.slice(0, 4_000)} …` : text;
  const masked = secretPatterns.reduce((line, [pattern, replacement]) => line.replace(pattern, replacement), limited);
  return masked.replace(longWord, (word) => (looksRandom(word) ? "[secret]" : word)).replace(unprintable, " ");
}

/** Redacts a value of any type for the log. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value !== "object" || value === null) return typeof value === "bigint" ? String(value) : value;
  if (depth > 4) return "[deep]";
  if (value instanceof Error) return serializeError(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, secretName.test(name) ? "[secret]" : redact(item, depth + 1)]),
  );
}

export type SerializedError = {
  name: string;
  message: string;
  code?: string;
  constraint?: string;
  table?: string;
  stack?: string[];
  cause?: SerializedError;
};

/** Serializes an error for the log, without the values that it contains. */
export function serializeError(error: unknown, depth = 0): SerializedError {
  if (!(error instanceof Error)) return { name: typeof error, message: redactText(String(error)) };
  const readText = (name: string) => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === "string" && value !== "" ? redactText(value) : undefined;
  };
  return omitUndefined({
    name: error.name,
    message: redactText(withoutValues(error)),
    code: readText("code"),
    constraint: readText("constraint_name"),
    table: readText("table_name"),
    stack: depth === 0 ? stackFrames(error.stack) : undefined,
    cause: error.cause !== undefined && depth < 4 ? serializeError(error.cause, depth + 1) : undefined,
  });
}

// Drizzle messages contain the query parameters, Postgres messages quote the invalid value.
function withoutValues({ name, message }: Error): string {
  const [statement = ""] = message.split(/\n?params:/, 1);
  return name === "PostgresError" ? statement.replace(/"[^"]*"/g, '"…"') : statement;
}

const stackFrames = (stack: string | undefined) =>
  stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => redactText(line.trim()));

const omitUndefined = (record: SerializedError) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as SerializedError;
