"use client";

import { useEffect } from "react";
import { type AcceptedPasskeys, signalAcceptedPasskeys } from "./signals";

/** Signals the accepted passkeys of the account to the browser; renders nothing. */
export function SignalPasskeys({ accepted }: { accepted: AcceptedPasskeys }) {
  useEffect(() => signalAcceptedPasskeys(accepted), [accepted]);
  return null;
}
