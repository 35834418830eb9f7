"use server";

import { startGoogleSignIn } from "@/lib/identities/commands";
import { publicAction } from "@/lib/web/account-action";
import { startOAuth } from "@/lib/web/google-oauth";
import { requestMetadata, parseReturnTo } from "@/lib/web/request-metadata";

export const googleSignInAction = publicAction("google", async (values) => startOAuth(startGoogleSignIn({ origin: await requestMetadata() }, {}), parseReturnTo(values)));
