import { type MomentOptions, momentText, momentTitle } from "./moment";

/** A moment in the person's format, its zone on hover. */
export function Time({ at, ...options }: MomentOptions & { at: Date }) {
  return (
    <time dateTime={at.toISOString()} title={momentTitle(at, options)}>
      {momentText(at, options)}
    </time>
  );
}
