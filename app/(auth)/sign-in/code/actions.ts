"use server";

import { verifySecondFactor } from "@/lib/two-factor/commands";
import { withReturnTo } from "@/lib/shared/login-flow";
import { publicAction } from "@/lib/web/account-action";
import { completeLogin, clearChallengeCookie, loginContext, readChallengeCookie } from "@/lib/web/login-flow";
import { parseReturnTo } from "@/lib/web/request-metadata";

export const passSecondFactorAction = publicAction("second_factor", async (values) => {
  const secret = await readChallengeCookie();
  const passed = secret && (await verifySecondFactor.fromRaw({ ...(await loginContext()), challengeSecret: secret }, values));
  await clearChallengeCookie();
  return passed ? completeLogin(passed.loginResult, passed.returnTo) : withReturnTo("/sign-in/code", parseReturnTo(values));
});
