/** A form, or what stands in a dialog: one part below the other. */
export const formStack = "grid grid-cols-[minmax(0,1fr)] content-start gap-4";

/** Two fields beside each other where there is room. */
export const fieldPair = "grid grid-cols-[1fr_1fr] gap-4 max-sm:grid-cols-[minmax(0,1fr)]";

/** A value with the button that copies it. */
export const withCopyButton = "grid grid-cols-[1fr_auto] items-end gap-1";

export const labelClass = "mb-[5px] block text-sm font-medium";

/** What follows the words of a label: that the field is required, or how many are picked. */
export const labelNote = "font-normal text-muted not-italic";

const control =
  "block min-h-(--input-height) w-full rounded-md border border-control bg-surface px-2.5 py-[5px] placeholder:text-muted focus-visible:-outline-offset-1 aria-invalid:border-bad max-sm:text-[16px]";

/** The look of an input or text area. */
export const inputClass = `${control} read-only:bg-sunken`;
export const selectClass = `${control} appearance-none bg-(image:--caret) bg-size-[10px_6px] bg-position-[right_12px_top_50%] bg-no-repeat pe-8 text-ellipsis`;

/** The label of a check box or radio button with its text beside it. */
export const checkLabel = "flex items-start gap-2.5 py-1 [&>input]:mt-0.5";

/** The label of one of many check boxes or radio buttons in a list. */
export const optionLabel = "flex items-center gap-2.5 rounded-md px-2 py-1.5 wrap-anywhere hover:bg-sunken";

/** A second line below a label. */
export const smallText = "block text-sm text-muted";

const withIcon = "flex gap-[5px] [&_svg]:mt-0.5 [&_svg]:size-3.5";
const hintTones = { muted: "text-muted", bad: `text-bad ${withIcon}`, warn: `text-warn ${withIcon}` };

/** The text of a hint, an error or a conflict, without a margin. */
export const hintText = (tone: keyof typeof hintTones = "muted") => `text-sm/[18px] ${hintTones[tone]}`;

/** A hint below a field or at the end of a form. */
export const hintClass = `mt-[5px] ${hintText()}`;

const alertTones = { bad: "bg-bad-soft text-bad", warn: "bg-warn-soft text-warn" };

/** A message about a whole form or section, with an icon before it. */
export const alertClass = (tone: keyof typeof alertTones) => `flex gap-2 rounded-md px-3 py-2.5 [&>svg]:mt-0.5 ${alertTones[tone]}`;
