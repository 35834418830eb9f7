"use client";

import { buttonClass } from "./button";
import { IconPath } from "./icon-path";
import { copy } from "./icons";
import { toast } from "./toast";

type CopyButtonProps = {
  value: string;
  label: string;
  /** Show the label on the button. */
  inWords?: boolean;
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Copies a value and confirms it. */
export function CopyButton({ value, label, inWords }: CopyButtonProps) {
  const copyValue = async () => {
    try {
      await navigator.clipboard.writeText(value);
      toast(`${capital(label)} copied`);
    } catch {
      toast(`Your browser blocked copying. Select the ${label} and copy it.`);
    }
  };
  return (
    <button type="button" className={`${buttonClass(inWords ? "plain" : "quiet")} noscript:hidden`} onClick={() => void copyValue()}>
      <IconPath d={copy} />
      <span className={inWords ? undefined : "sr-only"}>Copy {label}</span>
    </button>
  );
}
