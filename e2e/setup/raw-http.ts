import { connect } from "node:net";
import { text } from "node:stream/consumers";

export type RawResponse = { status: number; headers: Map<string, string>; body: string };
export type RawRequest = { method?: string; target?: string; headers?: Record<string, string>; body?: string };

/** The request line and headers, byte for byte. */
export function requestHead(baseURL: string | undefined, { method = "GET", target = "/", headers = {} }: RawRequest): string {
  const all = { Host: new URL(baseURL ?? "").host, Connection: "close", ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join("")}\r\n`;
}

/** Sends exactly these bytes, which HTTP clients would not send. */
export async function sendRawRequest(baseURL: string | undefined, request: RawRequest): Promise<RawResponse> {
  const { hostname, port } = new URL(baseURL ?? "");
  const socket = connect(Number(port), hostname);
  socket.write(requestHead(baseURL, request) + (request.body ?? ""));
  return parse(await text(socket));
}

function parse(response: string): RawResponse {
  const [head = "", body = ""] = response.split(/\r\n\r\n(.*)/s, 2);
  const [first = "", ...lines] = head.split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const [name = "", value = ""] = line.split(/:\s*(.*)/s, 2);
    return [name.toLowerCase(), value];
  });
  return { status: Number(first.split(" ")[1]), headers: new Map(headers), body };
}
