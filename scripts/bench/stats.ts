/** The median. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const below = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return (below + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** The percentile of sorted values; `share` is between 0 and 1. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The p-value of the two-sided Mann-Whitney U test (normal approximation). */
export function mannWhitneyP(one: readonly number[], other: readonly number[]): number {
  const [some, more] = [one.length, other.length];
  const above = one.reduce((sum, a) => sum + other.reduce((count, b) => count + (a > b ? 1 : a === b ? 0.5 : 0), 0), 0);
  const spread = Math.sqrt((some * more * (some + more + 1)) / 12);
  const away = Math.abs(above - (some * more) / 2) / spread;
  // Abramowitz and Stegun 26.2.17.
  const t = 1 / (1 + 0.2316419 * away);
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return Math.min(1, (2 * Math.exp((-away * away) / 2) * tail) / Math.sqrt(2 * Math.PI));
}
