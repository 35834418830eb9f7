"use server";

import { passSecondFactor } from "@/lib/two-factor/commands";
import { toward } from "@/lib/vocabulary/entrance";
import { visitorAction } from "@/lib/web/account-action";
import { comeIn, dropChallenge, heldChallenge } from "@/lib/web/entrance";
import { requestOrigin, wantedIn } from "@/lib/web/visitor";

export const passSecondFactorAction = visitorAction("second_factor", async (values) => {
  const secret = await heldChallenge();
  const passed = secret && (await passSecondFactor(values, secret, await requestOrigin()));
  await dropChallenge();
  return passed ? comeIn(passed.loginResult, passed.returnTo) : toward("/sign-in/code", wantedIn(values));
});
