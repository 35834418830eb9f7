import { v7 } from "uuid";
import { expect, test } from "vitest";
import { flashMessage, flashMessages, flashRequestId, withFlashMessage, withFlashRequestId } from "@/lib/shared/flash-messages";

const id = v7();

test("X-2: the request id is added to the message key anywhere in a path", () => {
  expect(withFlashRequestId("/account?notice=account-saved", id)).toBe(`/account?notice=account-saved_${id}`);
  expect(withFlashRequestId("/account?notice=session-ended#sessions", id)).toBe(`/account?notice=session-ended_${id}#sessions`);
  expect(withFlashRequestId("/orgs?a=b&notice=joined&c=d", id)).toBe(`/orgs?a=b&notice=joined_${id}&c=d`);
  for (const [key, message] of Object.entries(flashMessages)) {
    const value = new URL(withFlashRequestId(withFlashMessage("/x", key), id), "http://here.invalid").searchParams.get("notice") ?? "";
    expect([flashMessage(value), flashRequestId(value)]).toEqual([message, id]);
  }
});

test("X-2: paths without a message key, or with a request id already, stay unchanged", () => {
  const earlier = `/account?notice=new-password-saved_${v7()}`;
  const inside = `/welcome/privacy?next=${encodeURIComponent("/account?notice=account-saved")}`;
  for (const path of ["/", "/account", "/account?dialog=email", earlier, inside]) expect(withFlashRequestId(path, id)).toBe(path);
  expect(withFlashRequestId("/account?notice=account-saved", null)).toBe("/account?notice=account-saved");
});

test("INP-4: made-up query values give no message and no request id", () => {
  for (const typed of [undefined, "", "_", "toString", "__proto__", "<b>", ["nothing"], `x_${id}`]) expect(flashMessage(typed)).toBeUndefined();
  for (const typed of ["site-saved", "site-saved_", "site-saved_1", `site-saved_${id}0`, `site-saved_'${id}`, [`a_${id.toUpperCase()}`]]) {
    expect(flashRequestId(typed)).toBeUndefined();
  }
  expect(flashMessage("site-saved_1")).toBe("Site saved");
});
