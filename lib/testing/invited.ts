import { mailsTo } from "@/lib/testing/world";

/** The secret in the newest mail of a kind that waits for an address. */
export async function tokenFor(email: string, template: string): Promise<string> {
  const posted = (await mailsTo(email)).filter((mail) => mail.template === template).at(-1);
  const link = posted?.props.link;
  if (typeof link !== "string") throw new Error(`No ${template} waits for ${email}`);
  return new URL(link).pathname.split("/").at(-1) ?? "";
}
