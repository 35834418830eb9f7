const onward = (path: string, next: string | null) => (next ? `${path}?next=${encodeURIComponent(next)}` : path);

/** The pages of the set-up, which remember where the person was going. */
export const verifyPath = (next: string | null) => onward("/account/two-factor", next);
export const codesPath = (next: string | null) => onward("/account/two-factor/codes", next);
