import { env } from "@/lib/env";
import { errorPage } from "@/lib/web/error-page";
import { logError } from "@/lib/web/log";
import { answerInsteadOfNext } from "@/lib/web/next-internals";
import { isDatabaseUnavailable } from "@/lib/web/database-unavailable";
import { currentRequest, isUnreadRequest } from "@/lib/web/request-context";

type Options = { route: string; isPage: boolean };

/** Logs what Next caught while it answered a request, and answers in its place: 400 to input it cannot read, else a complete page. */
export function handleRequestError(error: unknown, { route, isPage }: Options): void {
  logError(error, { route });
  const { id, kind, response } = currentRequest() ?? {};
  if (!response || !id || !isPage || env().NODE_ENV === "development") return;
  if (isUnreadRequest()) {
    answerInsteadOfNext(response, { status: 400, headers: { "Content-Type": "text/plain" }, body: "This request is not well formed.\n" });
  } else if (kind === "document") {
    const status = isDatabaseUnavailable(error) ? 503 : 500;
    const retry = status === 503 ? { "Retry-After": "5" } : undefined;
    answerInsteadOfNext(response, { status, headers: { "Content-Type": "text/html; charset=utf-8", ...retry }, body: errorPage(status, id) });
  }
}
