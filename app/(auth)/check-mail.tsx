import { randomUUID } from "node:crypto";
import type { ReactNode } from "react";
import { AuthFooter, AuthLayout } from "@/components/layout/auth-layout";
import { FlashMessage } from "@/components/ui/flash-message";
import { hintClass } from "@/components/ui/form-class";
import { TextLink } from "@/components/ui/link";
import { brand } from "@/lib/brand";
import { capturesEmails } from "@/lib/mail/queries";
import { flashMessage } from "@/lib/shared/flash-messages";
import type { FormAction } from "@/lib/shared/form-state";
import { AgainForm } from "./again-form";

type CheckMailProps = { about: string; request: string; notice?: string | string[]; again: FormAction; children: ReactNode };

/** The page after an email was requested; it is the same whether or not one was sent. */
export function CheckMail({ about, request, notice, again, children }: CheckMailProps) {
  const said = flashMessage(notice);
  return (
    <AuthLayout product={brand().name} title="Check your email" about={about}>
      {said && <FlashMessage key={randomUUID()} text={said} />}
      {children}
      {capturesEmails() && (
        <p>
          This trial sends no email: <TextLink href="/mailbox">open its mailbox</TextLink>
        </p>
      )}
      <p className={hintClass}>Nothing after a few minutes? Check your spam folder, or send it again.</p>
      <AgainForm request={request} action={again} />
      <AuthFooter>
        <TextLink href="/sign-in">Back to sign in</TextLink>
      </AuthFooter>
    </AuthLayout>
  );
}
