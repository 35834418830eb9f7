/** The cells of a line as they were typed: separated by commas, of which the last cell may hold further ones. */
export function typedCells(line: string, count: number): string[] {
  const parts = line.split(",");
  const cells = parts.length > count ? [...parts.slice(0, count - 1), parts.slice(count - 1).join(",")] : parts;
  return Array.from({ length: count }, (_, at) => (at === 0 ? (cells[at] ?? "") : (cells[at] ?? "").replace(/^ /, "")));
}

/** The same without spaces around the cells. */
export const splitCells = (line: string, count: number): string[] => typedCells(line, count).map((cell) => cell.trim());

/** A line of cells as `splitCells` reads it, without empty cells at its end. */
export const joinCells = (cells: readonly string[]): string => cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== "") + 1).join(", ");
