"use client";

import { use, useEffect, useRef, useState } from "react";
import { FormContext } from "@/components/form/context";
import { parseFormData } from "@/lib/shared/form-values";
import { grantText } from "./grant-text";

/** Sums up the chosen role and site access, updated with each change of the form. */
export function GrantLine() {
  const { values } = use(FormContext);
  const line = useRef<HTMLOutputElement>(null);
  const [typed, setTyped] = useState<string>();
  useEffect(() => {
    const form = line.current?.form;
    if (!form) return;
    const follow = () => setTyped(grantText(parseFormData(new FormData(form))));
    follow();
    form.addEventListener("input", follow);
    return () => form.removeEventListener("input", follow);
  }, []);
  return (
    <output ref={line} className="min-w-0 text-end text-sm text-muted">
      {typed ?? grantText(values)}
    </output>
  );
}
