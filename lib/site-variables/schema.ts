import * as z from "zod/mini";
import { boundedText, singleLine } from "@/lib/shared/text-schemas";
import { withoutUnseen } from "@/lib/shared/typed-text";
import { maxVariablesText, readLines, variableNamePattern, withoutBraces } from "@/lib/shared/variables";

/** How many variables a site can have. */
export const maxVariables = 500;

const maxNameLength = 64;
const maxValueLength = 1_000;
const nameMessage = "Use letters, digits and underscores, like vlan_guest";

/** The name of a variable without braces. */
export const VariableName = boundedText(maxNameLength).check(
  z.regex(variableNamePattern, { error: nameMessage, abort: true }),
  z.refine((name) => name !== "__proto__", "This name is reserved"),
);

/** A name as it is typed, with or without braces. */
const typedName = z.pipe(boundedText(maxNameLength + 16, { missing: nameMessage, tooLong: `Use at most ${maxNameLength} characters` }).check(z.overwrite((typed) => withoutBraces(withoutUnseen(typed)))), VariableName);

/** The value of a variable, on one line; it cannot hold another variable. */
export const VariableValue = singleLine(maxValueLength, "Enter a value").check(z.refine((value) => !value.includes("{{"), "A value can’t hold another variable"));

/** A variable as it is typed or imported. */
export const Variable = z.strictObject({ name: typedName, value: VariableValue });

/** The values of the variables of a site by their names. */
export type Variables = Readonly<Record<string, string>>;

const hasFew = (value: unknown) => typeof value === "object" && value !== null && Object.keys(value).length <= maxVariables;
const tooMany = `A site can have at most ${maxVariables} variables`;

/** The variables of a site as they are stored; more than the limit are refused before their names are looked at. */
export const Variables = z.pipe(
  z.custom<Variables>((value) => typeof value === "object" && value !== null, { abort: true }).check(z.refine(hasFew, { error: tooMany, abort: true })),
  z.record(VariableName, VariableValue),
);

/** Variables as text, a name and a value per line, separated by a comma. */
export const variablesText = z.pipe(
  z._default(boundedText(maxVariablesText, { tooLong: `Use at most ${maxVariablesText.toLocaleString("en-GB")} characters for all variables together` }), ""),
  z.transform((text: string, { issues }): Variables => {
    const { variables, problem } = parseLines(text);
    if (problem !== undefined) issues.push({ code: "custom", message: problem, input: text });
    return variables;
  }),
);

function parseLines(text: string): { variables: Variables; problem?: string } {
  const lines = readLines(text);
  const found = new Map<string, { value: string; line: number }>();
  if (lines.length > maxVariables) return { variables: {}, problem: tooMany };
  for (const { line, name, value } of lines) {
    const { data, error } = Variable.safeParse({ name, value });
    if (!data) return { variables: {}, problem: `Line ${line}: ${error.issues[0]?.message ?? "check this"}` };
    const twice = found.get(data.name);
    if (twice) return { variables: {}, problem: `Line ${line}: ${data.name} is in line ${twice.line}, too` };
    found.set(data.name, { value: data.value, line });
  }
  return { variables: Object.fromEntries([...found].map(([name, { value }]) => [name, value])) };
}
