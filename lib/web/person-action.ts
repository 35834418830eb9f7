import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { endCurrentSession } from "@/lib/web/session";
import { requireSameOrigin, safeRedirectPath } from "@/lib/web/request-metadata";

const year = 365 * 86_400;

/** Keeps the choice of light or dark in this browser. */
export async function chooseThemeFor(form: unknown): Promise<void> {
  await requireSameOrigin();
  const theme = form instanceof FormData ? form.get("theme") : null;
  if (theme !== "light" && theme !== "dark" && theme !== "system") return;
  (await cookies()).set("__Host-signalbox.theme", theme, { path: "/", maxAge: year, sameSite: "lax", secure: true, httpOnly: true });
  redirect(safeRedirectPath((await headers()).get("x-path")) ?? "/");
}

/** Signs this browser out and leads to the sign-in page. */
export async function signOutOf(): Promise<void> {
  await requireSameOrigin();
  await endCurrentSession();
  redirect("/sign-in?notice=signed-out");
}
