import type { Instrumentation } from "next";

/** Runs once, before the first request. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { boot } = await import("@/lib/web/boot");
  boot();
}

export const onRequestError: Instrumentation.onRequestError = async (fault, { headers }, { routePath }) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logFault } = await import("@/lib/web/log");
  logFault(fault, { requestId: [headers["x-request-id"]].flat()[0], route: routePath });
};
