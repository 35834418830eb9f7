import { type APIRequestContext, expect } from "@playwright/test";

const row = /<a href="\/mailbox\?letter=([\da-f-]{36})"[^>]*>([^<]*)<\/a>[\s\S]*?<td[^>]*>([^<]*)</g;

/** The id of the newest letter to an address with such a subject, if it was delivered yet. */
export async function newestTo(request: APIRequestContext, email: string, subject: RegExp): Promise<string | undefined> {
  const page = await (await request.get("/mailbox")).text();
  return [...page.matchAll(row)].find(([, , title = "", to = ""]) => to === email && subject.test(title))?.[1];
}

/** The link of the newest letter to an address with such a subject, as soon as the worker has delivered it. */
export async function linkMailedTo(request: APIRequestContext, email: string, subject: RegExp, other?: string): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(
      async () => {
        const letter = await newestTo(request, email, subject);
        const html = letter ? await (await request.get(`/mailbox/${letter}`)).text() : "";
        link = /href="(https?:\/\/[^"]*\/(?:verify|reset|invite)\/[^"]+)"/.exec(html)?.[1];
        return link !== undefined && link !== other;
      },
      { message: `a letter to ${email}`, timeout: 20_000 },
    )
    .toBe(true);
  return link ?? "";
}
