import { foldSearch, matchesSearch, searchWords } from "@/lib/shared/fold-text";

export type Command = { label: string; hint?: string; href: string; group?: string };

const shown = 50;

/** Those that contain every word typed, names that begin with it first. */
export function filterCommands(commands: readonly Command[], sought: string): Command[] {
  const [first = ""] = searchWords(sought);
  const begins = (command: Command) => (foldSearch(command.label).startsWith(first) ? 0 : 1);
  return commands
    .filter(({ label, hint = "", group = "" }) => matchesSearch(sought, label, hint, group))
    .sort((one, other) => begins(one) - begins(other))
    .slice(0, shown);
}
