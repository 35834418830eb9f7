import { queuedEmailsTo } from "@/lib/testing/fixtures";

/** Returns the token in the newest queued email of a template, or throws when there is none. */
export async function requireEmailToken(email: string, template: string): Promise<string> {
  const queued = (await queuedEmailsTo(email)).filter((mail) => mail.template === template).at(-1);
  const link = queued?.props.link;
  if (typeof link !== "string") throw new Error(`No ${template} is queued for ${email}`);
  return new URL(link).pathname.split("/").at(-1) ?? "";
}
