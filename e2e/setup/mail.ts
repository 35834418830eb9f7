import { type APIRequestContext, expect } from "@playwright/test";
import { inDatabase } from "./database.ts";

/** The id of the newest letter to an address with such a subject, if it was delivered yet; the mailbox page shows only the latest. */
async function newestTo(email: string, subject: RegExp): Promise<string | undefined> {
  const letters = await inDatabase(
    (sql) => sql<{ id: string; subject: string }[]>`select id, subject from captured_emails where recipient = ${email} order by received_at desc, id desc`,
  );
  return letters.find((letter) => subject.test(letter.subject))?.id;
}

/** Waits until a letter with such a subject was delivered. */
export const expectMailTo = (email: string, subject: RegExp): Promise<void> =>
  expect.poll(() => newestTo(email, subject), { message: `a letter to ${email}`, timeout: 30_000, intervals: [150] }).toBeDefined();

/** The link of the newest letter to an address with such a subject, as soon as the worker has delivered it. */
export async function linkMailedTo(request: APIRequestContext, email: string, subject: RegExp, other?: string): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(
      async () => {
        const letter = await newestTo(email, subject);
        const html = letter ? await (await request.get(`/mailbox/${letter}`)).text() : "";
        link = /href="(https?:\/\/[^"]*\/(?:verify|reset|invite)\/[^"]+)"/.exec(html)?.[1];
        return link !== undefined && link !== other;
      },
      { message: `a letter to ${email}`, timeout: 30_000, intervals: [150] },
    )
    .toBe(true);
  return link ?? "";
}
