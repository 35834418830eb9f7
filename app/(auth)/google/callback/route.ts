import { redirect } from "next/navigation";
import type { NextRequest } from "next/server";
import { handleOAuthCallback } from "@/lib/web/google-oauth";

/** Where Google sends the browser back to: whatever it brings, it is led on to a page. */
export async function GET({ nextUrl }: NextRequest): Promise<never> {
  redirect(await handleOAuthCallback(nextUrl.search));
}
