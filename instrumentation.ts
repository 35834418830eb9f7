import type { Instrumentation } from "next";

/** Runs once, before the first request. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startWebProcess } = await import("@/lib/web/startup");
  startWebProcess();
}

export const onRequestError: Instrumentation.onRequestError = async (error, _request, { routePath, routeType }) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { handleRequestError } = await import("@/lib/web/request-error");
  handleRequestError(error, { route: routePath, isPage: routeType === "render" || routeType === "action" });
};
