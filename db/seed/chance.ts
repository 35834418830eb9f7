import { v7 } from "uuid";

/** Dice that fall the same way every time they are thrown from the same start. */
export function diceFrom(start: number) {
  let state = start >>> 0;
  // Mulberry32: small, quick and even enough for a story.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    between,
    odds: (share: number) => next() < share,
    pick<T>(list: readonly T[]): T {
      const found = list[between(0, list.length - 1)];
      if (found === undefined) throw new Error("There is nothing to pick from");
      return found;
    },
    id: (at: Date) => v7({ msecs: at.getTime(), random: Uint8Array.from({ length: 16 }, () => between(0, 255)) }),
  };
}

export type Dice = ReturnType<typeof diceFrom>;
