import { foldSearch, matchesSearch, searchWords } from "@/lib/shared/fold-text";

/** Opens a URL, or clicks the button with this id. */
export type Command = { label: string; hint?: string; group?: string; href?: string; press?: string };

export const actionsGroup = "Actions";

const shown = 50;

/** Commands to show when the search finds nothing. */
export const actionsIn = (commands: readonly Command[]): Command[] => commands.filter(({ group }) => group === actionsGroup);

/** The commands that contain every search word, those that begin with it first. */
export function filterCommands(commands: readonly Command[], sought: string): Command[] {
  const [first = ""] = searchWords(sought);
  const begins = (command: Command) => (foldSearch(command.label).startsWith(first) ? 0 : 1);
  return commands
    .filter(({ label, hint = "", group = "" }) => matchesSearch(sought, label, hint, group))
    .sort((one, other) => begins(one) - begins(other))
    .slice(0, shown);
}
