import "server-only";
import { cookies } from "next/headers";
import { linkGoogle, signInWithGoogle, type Way } from "@/lib/identities/commands";
import { errandOf, type Refusal, Refused, refusedBy } from "@/lib/identities/rules";
import { toward, type Wanted } from "@/lib/vocabulary/entrance";
import { Fault } from "@/lib/vocabulary/fault";
import { withRequest } from "@/lib/vocabulary/notices";
import { comeIn } from "@/lib/web/entrance";
import { log } from "@/lib/web/log";
import { cookieRules, signedIn, standing } from "@/lib/web/session";
import { currentRequestId } from "@/lib/web/request-context";
import { requestOrigin } from "@/lib/web/visitor";

const wayCookie = "__Host-signalbox.google";
const waySeconds = 300;

function note(errand: string, { why, remark }: Refused): void {
  log().warn({ requestId: currentRequestId(), errand, why, remark }, "The way to Google and back ended early");
}

/** Ties a way to Google to this browser, apart from anything else it has begun, and names its address (MFA-5). */
export async function setOut(begin: Promise<Way>): Promise<string> {
  const { secret, address } = await begin.catch((error: unknown) => {
    if (error instanceof Refused) note("begin", error);
    throw error;
  });
  (await cookies()).set(wayCookie, secret, { ...cookieRules, maxAge: waySeconds });
  return address;
}

/** Judges an answer from Google by what this browser set out for, and names the page to go on with (SSO-7). */
export async function arriveFromGoogle(answer: string): Promise<string> {
  const jar = await cookies();
  const secret = jar.get(wayCookie)?.value ?? null;
  const errand = errandOf(secret, new URLSearchParams(answer).get("state"));
  if (!errand || !secret) return refusedAt("over");
  jar.delete({ name: wayCookie, ...cookieRules });
  try {
    return await (errand === "google_link" ? link(secret, answer) : enter(secret, answer));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.code === "forbidden") return "/google/refused?why=suspended";
    const refused = refusedBy(error);
    note(errand, refused);
    return refused.why === "unknown" ? toward("/google/refused", refused.wanted) : refusedAt(refused.why, refused.wanted);
  }
}

async function enter(secret: string, answer: string): Promise<string> {
  const { entrance, wanted } = await signInWithGoogle({ secret, answer }, await requestOrigin());
  return comeIn(entrance, wanted);
}

// A session that ended on the way finishes nothing, whoever signs in next.
async function link(secret: string, answer: string): Promise<string> {
  const who = await signedIn();
  if (!who) throw new Refused("signed-out");
  const origin = await requestOrigin();
  await linkGoogle({ ...who, origin }, { secret, answer });
  return withRequest("/account?notice=google-linked", origin.requestId);
}

async function refusedAt(why: Refusal, wanted: Wanted = { path: null }): Promise<string> {
  const notice = `google-${why}`;
  return (await standing()) ? `/account?notice=${notice}` : toward("/sign-in", wanted, { notice });
}
