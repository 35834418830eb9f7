import { type MomentOptions, momentText, momentTitle } from "@/components/ui/moment";
import type { RowMoment } from "./cells";

/** A moment as a row carries it, written out on the server so that no browser shows it otherwise. */
export const rowMoment = (at: Date, options: MomentOptions = {}): RowMoment => ({
  at: at.toISOString(),
  text: momentText(at, options),
  title: momentTitle(at, options),
});
