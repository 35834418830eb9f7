import { AppError } from "@/lib/shared/app-error";
import type { CloudSharkAnswer } from "@/lib/integrations/cloudshark";

type Connection = { base: string; token: string };

const tokenError = (message: string) => new AppError("invalid", "Check the marked fields", { token: [message] });

/** What is tested: the typed token at the typed address. The token that is set goes to the address that is set, and to no other. */
export function connectionToTest(typed: Connection, stored: { base: string; token: string | undefined }): Connection {
  if (typed.token !== "") return typed;
  if (stored.token === undefined) throw tokenError("Enter an API token");
  if (typed.base !== stored.base) throw tokenError("Enter the API token: the one that is set is sent to the saved URL only");
  return { base: stored.base, token: stored.token };
}

/** The error that says what CloudShark answered; undefined when it accepted the token. */
export function answerError({ result }: Pick<CloudSharkAnswer, "result">): AppError | undefined {
  if (result === "refused") return tokenError("CloudShark refused this token");
  if (result === "unreachable") return new AppError("invalid", "No CloudShark answered at this address. Check the URL, and that your server can be reached from here");
  return undefined;
}
