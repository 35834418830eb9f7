"use server";

import { verifySecondFactor } from "@/lib/two-factor/commands";
import { withReturnTo } from "@/lib/shared/login-flow";
import { publicAction } from "@/lib/web/account-action";
import { completeLogin, clearChallengeCookie, loginContext, readChallengeCookie } from "@/lib/web/login-flow";
import { parseReturnTo } from "@/lib/web/request-metadata";

export const passSecondFactorAction = publicAction("second_factor", async (values) => {
  const secret = await readChallengeCookie();
  const login = secret && (await verifySecondFactor.fromRaw({ ...(await loginContext()), challengeSecret: secret }, values));
  await clearChallengeCookie();
  return login ? completeLogin(login, parseReturnTo(values)) : withReturnTo("/sign-in/code", parseReturnTo(values));
});
