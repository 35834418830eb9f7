import "server-only";
import type { ReactNode } from "react";
import { PageIdentity } from "@/components/form/page-identity";
import { AccessDenied, FormRefused, NotFound } from "@/components/layout/page-states";
import { CheckShellVersion } from "@/components/layout/shell-version";
import type { Actor } from "@/lib/access/actor";
import { AppError } from "@/lib/shared/app-error";
import { Flash } from "@/lib/web/flash";
import type { SearchParams } from "@/lib/web/page";
import { currentPageIdentity } from "@/lib/web/page-identity";
import { currentRequest } from "@/lib/web/request-context";
import { setResponseStatus } from "@/lib/web/response-status";
import type { ShellData } from "@/lib/web/shell";

type PageContentProps = { shell: ShellData | null; query: SearchParams; orgId?: string; actor?: Actor; children: ReactNode };

/** What every page of the portal has besides its own content. */
export async function PageContent({ shell, query, orgId, actor, children }: PageContentProps) {
  return (
    <PageIdentity {...await currentPageIdentity(orgId)}>
      {shell && <CheckShellVersion version={shell.version} />}
      <Flash notice={query.notice} actor={actor} />
      {children}
    </PageIdentity>
  );
}

// Without script the page of a form is rendered after its action, for the account that is signed in now.
function refusedFormContent(): ReactNode {
  const refusal = currentRequest()?.refusal;
  if (!refusal) return null;
  setResponseStatus(409);
  return <FormRefused message={refusal} />;
}

/** The content that says there is nothing here, answered with 404; or why the form that was sent to it was refused. */
export function notFoundContent(home: string): ReactNode {
  const refused = refusedFormContent();
  if (refused) return refused;
  setResponseStatus(404);
  return <NotFound home={home} />;
}

/** The content that says the role does not include this page, answered with 403; or why the form that was sent to it was refused. */
export function accessDeniedContent(title: string): ReactNode {
  const refused = refusedFormContent();
  if (refused) return refused;
  setResponseStatus(403);
  return <AccessDenied title={title} />;
}

/** Renders a page; an error that says its subject does not exist, or may not be seen, becomes content with that status. */
export async function renderOrRefuse(render: () => ReactNode | Promise<ReactNode>, refused: { title: string; home: string }): Promise<ReactNode> {
  try {
    return await render();
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return notFoundContent(refused.home);
    if (error instanceof AppError && error.code === "forbidden") return accessDeniedContent(refused.title);
    throw error;
  }
}
