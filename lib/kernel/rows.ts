/** The one row a write returns. */
export async function only<T>(rows: PromiseLike<T[]>): Promise<T> {
  const [row, extra] = await rows;
  if (!row || extra) throw new Error("Expected exactly one row");
  return row;
}
