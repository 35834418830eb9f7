"use server";

import { beginGoogleSignIn } from "@/lib/identities/commands";
import { visitorAction } from "@/lib/web/account-action";
import { setOut } from "@/lib/web/google";
import { requestOrigin, safePath } from "@/lib/web/visitor";

export const googleSignInAction = visitorAction("google", async ({ next, org }) => {
  const wanted = { path: safePath(next), orgId: typeof org === "string" ? org : undefined };
  return setOut(beginGoogleSignIn(await requestOrigin(), wanted));
});
