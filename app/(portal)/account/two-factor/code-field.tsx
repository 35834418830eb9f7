"use client";

import { TextField } from "@/components/form";

/** Input for an authenticator code or a recovery code. */
export function CodeField(focus: { autoFocus?: boolean }) {
  return (
    <TextField
      name="code"
      label="Code"
      hint="The 6-digit code from your authenticator app, or a recovery code."
      autoComplete="one-time-code"
      maxLength={64}
      mono
      required
      {...focus}
    />
  );
}
