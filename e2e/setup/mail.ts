import { type APIRequestContext, expect } from "@playwright/test";
import { inDatabase } from "./database.ts";

/** The id of the newest email with this recipient and subject, if it was delivered; the mailbox page lists only the latest. */
async function findNewestEmail(email: string, subject: RegExp): Promise<string | undefined> {
  const emails = await inDatabase(
    (sql) => sql<{ id: string; subject: string }[]>`select id, subject from captured_emails where recipient = ${email} order by received_at desc, id desc`,
  );
  return emails.find((one) => subject.test(one.subject))?.id;
}

/** Waits until an email with this recipient and subject is delivered. */
export const expectEmail = (email: string, subject: RegExp): Promise<void> =>
  expect.poll(() => findNewestEmail(email, subject), { message: `an email to ${email}`, timeout: 30_000, intervals: [150] }).toBeDefined();

/** The link in the newest email with this recipient and subject; waits until it is delivered. */
export async function linkInEmail(request: APIRequestContext, email: string, subject: RegExp, other?: string): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(
      async () => {
        const id = await findNewestEmail(email, subject);
        const html = id ? await (await request.get(`/mailbox/${id}`)).text() : "";
        link = /href="(https?:\/\/[^"]*\/(?:verify|reset|invite)\/[^"]+)"/.exec(html)?.[1];
        return link !== undefined && link !== other;
      },
      { message: `an email to ${email}`, timeout: 30_000, intervals: [150] },
    )
    .toBe(true);
  return link ?? "";
}
