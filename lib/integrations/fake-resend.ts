import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import * as z from "zod/mini";
import { listenOnFreePort } from "./listen-on-free-port";

const Mail = z.object({
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
});

export type SimulatedFailure = { status: number; body?: unknown; headers?: Record<string, string> } | "silent" | "hang up";

type State = { failure: SimulatedFailure | null; calls: number; authorization: string };

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: string[] = [];
  for await (const part of request.setEncoding("utf8")) parts.push(String(part));
  return parts.join("");
}

function respond(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

export const errorBody = (statusCode: number, name: string) => ({ statusCode, name, message: `${name} for a@b.test` });

/** Starts a fake Resend that stores accepted mail by idempotency key and fails on demand. */
export async function fakeResend() {
  const accepted = new Map<string, z.output<typeof Mail>>();
  const state: State = { failure: null, calls: 0, authorization: "" };

  const server = createServer((request, response) => void receive(request, response));
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    state.calls += 1;
    state.authorization = request.headers.authorization ?? "";
    const body = await readBody(request);
    if (state.failure === "silent") return;
    if (state.failure === "hang up") return void request.socket.destroy();
    if (state.failure) return respond(response, state.failure.status, state.failure.body ?? "", state.failure.headers);
    const key = String(request.headers["idempotency-key"]);
    const previous = accepted.get(key);
    const mail = Mail.parse(JSON.parse(body));
    if (previous && JSON.stringify(previous) !== JSON.stringify(mail)) {
      return respond(response, 409, errorBody(409, "invalid_idempotent_request"));
    }
    accepted.set(key, mail);
    return respond(response, 200, { id: key });
  };
  const { port, close } = await listenOnFreePort(server);
  return { url: `http://127.0.0.1:${port}`, accepted, state, close };
}
