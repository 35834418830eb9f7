"use client";

import type { ReactNode } from "react";
import * as z from "zod/mini";
import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { ChoosePrivacy } from "@/lib/usage/schema";
import { choosePrivacyAction } from "./actions";

// The button that is pressed is the choice, and no part of what is checked before it is sent.
const Asked = z.partial(ChoosePrivacy);

/** Two answers of the same weight; none is given in advance. */
export function PrivacyForm({ next, children }: { next: string; children: ReactNode }) {
  return (
    <ActionForm schema={Asked} action={choosePrivacyAction}>
      {children}
      <FormError />
      <HiddenField name="next" value={next} />
      <div className="pair">
        <SubmitButton tone="plain" name="analytics" value="no">Do not allow</SubmitButton>
        <SubmitButton tone="plain" name="analytics" value="yes">Allow</SubmitButton>
      </div>
    </ActionForm>
  );
}
