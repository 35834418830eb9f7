import type { Instrumentation } from "next";

/** Runs once, before the first request. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { boot } = await import("@/lib/web/boot");
  boot();
}

export const onRequestError: Instrumentation.onRequestError = async (fault, { headers }, { routePath }) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ logFault }, { isDatabaseGone, noteOutage }] = await Promise.all([
    import("@/lib/web/log"),
    import("@/lib/web/outage"),
  ]);
  const requestId = [headers["x-request-id"]].flat()[0];
  if (requestId && isDatabaseGone(fault)) noteOutage(requestId);
  logFault(fault, { requestId, route: routePath });
};
