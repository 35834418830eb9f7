import "server-only";
import { OutboundError, outboundRequest, type OutboundResponse } from "@/lib/integrations/outbound-request";

const service = "https://www.cloudshark.org";
const timeoutMs = 10_000;

/** What CloudShark says of a token; "unreachable" also where something else answers. `detail` is for the log and has no part of the token. */
export type CloudSharkAnswer = { result: "accepted" | "refused" | "unreachable"; detail: string };

const isRefusal = ({ status }: OutboundResponse) => status === 401 || status === 403;

const isCloudShark = (response: OutboundResponse) =>
  isRefusal(response) || (response.status === 200 && /^application\/json\b/i.test(response.headers["content-type"] ?? ""));

// CloudShark takes its tokens in the path. A search for a file that nobody has needs the token and returns little.
function searchUrl(base: string, token: string): string {
  const url = new URL(base || service);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/api/v1/${encodeURIComponent(token)}/search`;
  url.search = new URLSearchParams({ "search[filename]": "signalbox-connection-test" }).toString();
  url.hash = "";
  return url.href;
}

/** Asks CloudShark, or the server at `base`, whether it accepts a token. */
export async function askCloudShark({ base, token }: { base: string; token: string }): Promise<CloudSharkAnswer> {
  try {
    const options = { headers: { Accept: "application/json" }, timeoutMs, isExpected: isCloudShark };
    const response = await outboundRequest(searchUrl(base, token), options);
    return { result: isRefusal(response) ? "refused" : "accepted", detail: String(response.status) };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return { result: "unreachable", detail: `${error.reason} ${error.detail}`.trim() };
  }
}
