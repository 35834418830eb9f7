"use client";

import { Glyph } from "./glyph";
import { copy } from "./icons";
import { toast } from "./toast";

/** Copies a value and says so. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const copyValue = async () => {
    try {
      await navigator.clipboard.writeText(value);
      toast(`${label} copied`);
    } catch {
      toast(`The browser does not allow copying here. Select the ${label} and copy it.`);
    }
  };
  return (
    <button type="button" className="button quiet script-on" onClick={() => void copyValue()}>
      <Glyph d={copy} />
      <span className="sr-only">Copy {label}</span>
    </button>
  );
}
