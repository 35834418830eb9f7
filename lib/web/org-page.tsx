import "server-only";
import type { ReactNode } from "react";
import type * as z from "zod/mini";
import { type Actor, can } from "@/lib/access/actor";
import type { AuthSession } from "@/lib/sessions/queries";
import type { SessionMembership } from "@/lib/sessions/rules";
import type { Permission } from "@/lib/shared/permissions";
import { currentActor } from "@/lib/web/current-actor";
import { fromSearch, type PageArguments, redirectToSignIn, type SearchParams } from "@/lib/web/page";
import { accessDeniedContent, notFoundContent, PageContent, renderOrRefuse } from "@/lib/web/page-content";
import { orgShell } from "@/lib/web/shell";
import { recordPageView } from "@/lib/web/page-views";

type Schema = z.ZodMiniType;

type OrgPageOptions<P extends Schema, S extends Schema> = {
  permission: Permission;
  /** The heading when the page is refused. */
  title: string;
  /** The ids in the path besides the organization's. */
  params?: P;
  /** The query string; invalid values become the defaults. */
  search?: S;
};

type OrgPageContext<P extends Schema, S extends Schema> = {
  actor: Actor;
  session: AuthSession;
  membership: SessionMembership;
  params: z.output<P>;
  search: z.output<S>;
  query: SearchParams;
};

/**
 * A page of an organization. Signed out leads to the sign-in page, a non-member or an unknown id gets a 404, and a
 * role without the permission a 403, each as complete content.
 */
export function orgPage<P extends Schema, S extends Schema>(
  { permission, title, params: paramsSchema, search: searchSchema }: OrgPageOptions<P, S>,
  render: (context: OrgPageContext<P, S>) => ReactNode | Promise<ReactNode>,
) {
  return async function OrgPage({ params, searchParams }: PageArguments) {
    const { orgId = "", ...ids } = await params;
    const query = await searchParams;
    const context = await currentActor(orgId);
    if (context === null) return redirectToSignIn();
    const shell = await orgShell(orgId);
    if (context === "non-member") return <PageContent shell={shell} query={{}}>{notFoundContent("/")}</PageContent>;

    const { actor, session, membership } = context;
    await recordPageView(session);
    const content = () => {
      if (!can(actor, permission)) return accessDeniedContent(title);
      const parsed = paramsSchema?.safeParse(ids);
      if (parsed && !parsed.success) return notFoundContent(home);
      const search = searchSchema && fromSearch(searchSchema, query);
      return render({ actor, session, membership, params: parsed?.data, search, query } as OrgPageContext<P, S>);
    };
    const home = shell?.home ?? "/";
    return (
      <PageContent shell={shell} query={query} orgId={orgId} actor={actor}>
        {await renderOrRefuse(content, { title, home })}
      </PageContent>
    );
  };
}
