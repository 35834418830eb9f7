// English tailors nothing: this is the root order, like `natural_order` of the database.
const collator = new Intl.Collator("en", { numeric: true });

/** Compares texts in the order in which people read them, with numbers by their value. */
export const compareText = (one: string, other: string): number => collator.compare(one, other);
