const id = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Whether a text is the id of a row as we write it, so that the database can be asked for it. */
export const isId = (text: string): boolean => id.test(text);
