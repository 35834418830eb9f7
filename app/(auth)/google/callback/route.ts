import { redirect } from "next/navigation";
import type { NextRequest } from "next/server";
import { handleOAuthCallback } from "@/lib/web/google-oauth";

/** The OAuth callback; every outcome redirects to a page. */
export async function GET({ nextUrl }: NextRequest): Promise<never> {
  redirect(await handleOAuthCallback(nextUrl.search));
}
