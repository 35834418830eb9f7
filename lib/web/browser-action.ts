import "server-only";
import { cookies, headers } from "next/headers";
import type { FormState, FormValues } from "@/lib/shared/form-state";
import { runAction } from "@/lib/web/action";
import { endCurrentSession } from "@/lib/web/session";
import { safeRedirectPath } from "@/lib/web/request-metadata";

const year = 365 * 86_400;

/** Makes a server action of something that affects this browser only. */
export const browserAction = (work: (values: FormValues) => Promise<string | null>) => async (_state: FormState, form: FormData): Promise<FormState> =>
  runAction(form, { rule: "not another account" }, work);

/** Stores the choice of light or dark in this browser. */
export async function storeTheme({ theme }: FormValues): Promise<string | null> {
  if (theme !== "light" && theme !== "dark" && theme !== "system") return null;
  (await cookies()).set("__Host-signalbox.theme", theme, { path: "/", maxAge: year, sameSite: "lax", secure: true, httpOnly: true });
  return safeRedirectPath((await headers()).get("x-path")) ?? "/";
}

/** Signs this browser out and returns the sign-in page. */
export async function endBrowserSession(): Promise<string> {
  await endCurrentSession();
  return "/sign-in?notice=signed-out";
}
