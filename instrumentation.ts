import type { Instrumentation } from "next";

/** Runs once, before the first request. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startWebProcess } = await import("@/lib/web/startup");
  startWebProcess();
}

export const onRequestError: Instrumentation.onRequestError = async (fault, { headers }, { routePath }) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logError } = await import("@/lib/web/log");
  logError(fault, { requestId: [headers["x-request-id"]].flat()[0], route: routePath });
};
