/** Classes of a button in the top bar. */
export const barButton = "flex h-8 min-w-8 items-center justify-center gap-2 rounded-md px-2 hover:bg-sunken";
