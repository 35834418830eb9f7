/** An outside service did not take something over now, but may later. */
export class Temporary extends Error {
  override name = "Temporary";

  constructor(
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

/** An outside service will never take this over; trying again is of no use. */
export class Permanent extends Error {
  override name = "Permanent";
}

/** What a service answered, fit for a log: one short line without addresses and links. */
export const remark = (answer: string): string =>
  answer
    .slice(0, 1_000)
    .toWellFormed()
    .replaceAll(/https?:\S+/giu, "(link)")
    .replaceAll(/[^\s<>"']+@[^\s<>"',;]+/gu, "(address)")
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .slice(0, 200);

/** The seconds a service asks to wait, between one second and an hour. */
export function retryAfter(header: string | null | undefined): number | undefined {
  const seconds = header ? Number(header) : Number.NaN;
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), 3_600) : undefined;
}
