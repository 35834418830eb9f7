/** The number up to which the rows of a list are counted; one more stands for "more than that". */
export const countLimit = 10_000;
