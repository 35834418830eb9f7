"use server";

import { beginGoogleSignIn } from "@/lib/identities/commands";
import { visitorAction } from "@/lib/web/account-action";
import { setOut } from "@/lib/web/google";
import { requestOrigin, wantedIn } from "@/lib/web/visitor";

export const googleSignInAction = visitorAction("google", async (values) => setOut(beginGoogleSignIn(await requestOrigin(), wantedIn(values))));
