/** Returns the single row of a statement, or throws when there is none or more than one. */
export async function expectOne<T>(rows: PromiseLike<T[]>): Promise<T> {
  const [row, extra] = await rows;
  if (!row || extra) throw new Error("Expected exactly one row");
  return row;
}
