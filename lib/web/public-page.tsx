import "server-only";
import type { ReactNode } from "react";
import { PageIdentity } from "@/components/form/page-identity";
import { currentPageIdentity } from "@/lib/web/page-identity";

type SearchParams = Record<string, string | string[] | undefined>;
type PageArguments = { params: Promise<Record<string, string>>; searchParams: Promise<SearchParams> };
type PublicPageContext = { token: string; query: SearchParams };

/** A page for everybody; its forms say who was signed in when it was rendered. */
export function publicPage(render: (context: PublicPageContext) => ReactNode | Promise<ReactNode>) {
  return async function PublicPage({ params, searchParams }: PageArguments) {
    const { token = "" } = await params;
    const identity = await currentPageIdentity();
    return <PageIdentity {...identity}>{await render({ token, query: await searchParams })}</PageIdentity>;
  };
}
