import { expect, test, vi } from "vitest";
import { env } from "@/lib/env";
import { publicAction, publicActions } from "@/lib/web/account-action";
import { browserAction } from "@/lib/web/browser-action";

vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: env().APP_URL }),
  cookies: async () => {
    throw new Error("nothing is to be kept");
  },
}));

const notForms = [undefined, null, "text", 7, ["a"], { password: "x" }, new Map([["email", "a@b.test"]]), new URLSearchParams("a=b")];

const publicNames = Object.keys(publicActions) as (keyof typeof publicActions)[];

test.each(publicNames)("INP-4: %s refuses what no form has sent, and does nothing", async (name) => {
  const work = vi.fn(async () => "/");
  const run = publicAction(name, work);
  for (const sent of notForms) {
    const answer: unknown = await Reflect.apply(run, undefined, [{}, sent]);
    expect(answer).toEqual({ values: {}, error: { message: expect.stringMatching(/wasn’t sent by a form/), fields: undefined } });
  }
  expect(work).not.toHaveBeenCalled();
});

test("INP-5: a form with too many fields is answered with an error, not with a failure", async () => {
  const work = vi.fn(async () => "/");
  const form = new FormData();
  for (let count = 0; count <= 5_000; count += 1) form.append("sites[]", "a");
  await expect(publicAction(publicNames[0] ?? "sign_in", work)({}, form)).resolves.toMatchObject({ values: {}, error: { message: expect.any(String) } });
  expect(work).not.toHaveBeenCalled();
});

test.each(notForms)("INP-4: %j is no form for an action of the browser", async (sent) => {
  const work = vi.fn(async () => "/");
  await expect(Reflect.apply(browserAction(work), undefined, [{}, sent])).resolves.toMatchObject({ error: { message: expect.stringMatching(/wasn’t sent by a form/) } });
  expect(work).not.toHaveBeenCalled();
});
