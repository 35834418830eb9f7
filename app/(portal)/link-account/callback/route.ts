import { redirect } from "next/navigation";
import type { NextRequest } from "next/server";
import { handleAccountLinkCallback } from "@/lib/web/account-link";

/** The callback of an application whose account is linked; every outcome redirects to a page. */
export async function GET({ nextUrl }: NextRequest): Promise<never> {
  redirect(await handleAccountLinkCallback(nextUrl.search));
}
