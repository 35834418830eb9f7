/** Leads to an address, or presses the button with this id. */
export type Command = { label: string; hint?: string; group?: string; href?: string; press?: string };

export const actionsGroup = "Actions";

const shown = 50;

/** What can be done, for whoever finds nothing by what was typed. */
export const actionsIn = (commands: readonly Command[]): Command[] => commands.filter(({ group }) => group === actionsGroup);

/** Those that contain every word typed, names that begin with it first. */
export function filterCommands(commands: readonly Command[], sought: string): Command[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const begins = (command: Command) => (command.label.toLowerCase().startsWith(words[0] ?? "") ? 0 : 1);
  return commands
    .filter(({ label, hint = "", group = "" }) => {
      const text = `${label} ${hint} ${group}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((one, other) => begins(one) - begins(other))
    .slice(0, shown);
}
