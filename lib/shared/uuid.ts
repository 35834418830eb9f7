const uuidPattern = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Whether a text is a lower-case UUID, the form of every row id. */
export const isUuid = (text: string): boolean => uuidPattern.test(text);
