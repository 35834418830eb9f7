const onward = (path: string, next: string | null) => (next ? `${path}?next=${encodeURIComponent(next)}` : path);

/** Paths of the set-up, with the page to return to. */
export const verifyPath = (next: string | null) => onward("/account/two-factor", next);
export const codesPath = (next: string | null) => onward("/account/two-factor/codes", next);
