import "server-only";
import type { ReactNode } from "react";
import { PageIdentity } from "@/components/form/page-identity";
import type { PageArguments, SearchParams } from "@/lib/web/page";
import { currentPageIdentity } from "@/lib/web/page-identity";

type PublicPageContext = { token: string; query: SearchParams };

/** A public page; its forms say who was signed in when it was rendered. */
export function publicPage(render: (context: PublicPageContext) => ReactNode | Promise<ReactNode>) {
  return async function PublicPage({ params, searchParams }: PageArguments) {
    const { token = "" } = await params;
    const identity = await currentPageIdentity();
    return <PageIdentity {...identity}>{await render({ token, query: await searchParams })}</PageIdentity>;
  };
}
