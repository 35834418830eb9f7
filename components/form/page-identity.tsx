"use client";

import { createContext, type ReactNode, use } from "react";
import { identityFields, type PageIdentity as Identity } from "@/lib/shared/page-identity";

const PageIdentityContext = createContext<Identity | null>(null);

/** Tells every form inside for which account and organization its page was rendered. */
export function PageIdentity({ accountId, email, orgId, children }: Identity & { children: ReactNode }) {
  return <PageIdentityContext value={{ accountId, email, orgId }}>{children}</PageIdentityContext>;
}

/** Sends the identity of the page with a form; the server refuses a form without it, and one of another account. */
export function PageIdentityFields({ sentBefore }: { sentBefore?: Identity }) {
  const identity = use(PageIdentityContext);
  // A form that was refused keeps the identity it was sent with, until the page is reloaded.
  const sent = sentBefore ?? identity;
  if (!sent) return null;
  return (
    <>
      <input type="hidden" name={identityFields.accountId} value={sent.accountId ?? ""} />
      <input type="hidden" name={identityFields.email} value={sent.email ?? ""} />
      <input type="hidden" name={identityFields.orgId} value={sent.orgId ?? ""} />
    </>
  );
}
