import { encode } from "next-auth/jwt";
import { asVisitor } from "@/db/second-door";
import { derivedKey } from "@/lib/kernel/secret";
import { finishLogin, openSession } from "@/lib/sessions/commands";

const cookie = "__Host-signalbox.session";

/** A signed-in browser without the way through the sign-in page: the Cookie header of a session of this account. */
export async function cookieFor(accountId: string): Promise<string> {
  const ticket = await asVisitor({ accountId }, (tx) => finishLogin(tx, accountId, ["password"]));
  const opened = await openSession(ticket, { address: "192.0.2.7", browser: "Test browser", requestId: null });
  if (!opened) throw new Error("The ticket opened no session");
  const secret = derivedKey("session envelope").toString("base64");
  return `${cookie}=${await encode({ token: opened, secret, salt: cookie, maxAge: 86_400 })}`;
}
