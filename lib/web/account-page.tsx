import "server-only";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import type * as z from "zod/mini";
import { PageIdentity } from "@/components/form/page-identity";
import type { AuthSession } from "@/lib/sessions/queries";
import type { PendingStep } from "@/lib/shared/login-flow";
import { recordActivity } from "@/lib/web/current-actor";
import { landingPath } from "@/lib/web/login-flow";
import { type PageArguments, redirectToSignIn, type SearchParams } from "@/lib/web/page";
import { notFoundContent, PageContent, renderOrRefuse } from "@/lib/web/page-content";
import { currentPageIdentity } from "@/lib/web/page-identity";
import { sessionStatus } from "@/lib/web/session";
import { accountShell, contextInUse } from "@/lib/web/shell";
import { recordPageView } from "@/lib/web/page-views";
import { safeRedirectPath } from "@/lib/web/request-metadata";

type AccountPageOptions<P extends z.ZodMiniType> = {
  title: string;
  /** The ids in the path. */
  params?: P;
  /** Open also while setting up a second factor is all that is pending. */
  allowPending2fa?: boolean;
  /** Without the frame and its organization. */
  bare?: boolean;
};

type AccountPageContext<P extends z.ZodMiniType> = { session: AuthSession; pendingTwoFactor: boolean; params: z.output<P>; query: SearchParams };

/** A page of a signed-in account outside an organization; redirects everybody else to the sign-in page. */
export function accountPage<P extends z.ZodMiniType>(
  { title, params: paramsSchema, allowPending2fa = false, bare = false }: AccountPageOptions<P>,
  render: (context: AccountPageContext<P>) => ReactNode | Promise<ReactNode>,
) {
  return async function AccountPage({ params, searchParams }: PageArguments) {
    const query = await searchParams;
    const status = await sessionStatus();
    if (!status || status.pendingSteps.some((step) => !(allowPending2fa && step === "two_factor"))) return redirectToSignIn();
    const { session, pendingSteps } = status;
    if (!(await recordActivity(session, null))) return redirectToSignIn();
    await recordPageView(session);
    const shell = bare ? null : await accountShell();
    const actor = bare ? undefined : (await contextInUse())?.actor;
    const parsed = paramsSchema?.safeParse(await params);
    const content = () => {
      if (parsed && !parsed.success) return notFoundContent("/");
      return render({ session, pendingTwoFactor: pendingSteps.length > 0, params: parsed?.data, query } as AccountPageContext<P>);
    };
    return (
      <PageContent shell={shell} query={query} actor={actor}>
        {await renderOrRefuse(content, { title, home: "/" })}
      </PageContent>
    );
  };
}

type PendingStepContext = { session: AuthSession; next: string | null };

/** The page of a pending step after sign-in; redirects unless it is the first pending step. */
export function pendingStepPage(step: PendingStep, render: (context: PendingStepContext) => ReactNode | Promise<ReactNode>) {
  return async function PendingStepPage({ searchParams }: PageArguments) {
    const next = safeRedirectPath((await searchParams).next);
    const status = await sessionStatus();
    if (!status) return redirectToSignIn();
    if (status.pendingSteps[0] !== step) redirect(landingPath(status, { path: next }));
    return <PageIdentity {...await currentPageIdentity()}>{await render({ session: status.session, next })}</PageIdentity>;
  };
}
