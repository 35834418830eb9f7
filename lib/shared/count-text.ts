const numbers = new Intl.NumberFormat("en");

/** A number with its noun: "1 site", "1,240 sites". */
export const countText = (count: number, one: string, many = `${one}s`): string => `${numbers.format(count)} ${count === 1 ? one : many}`;
