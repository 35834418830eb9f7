import { v7 } from "uuid";
import { expect, test } from "vitest";
import { noticeOf, notices, requestOf, withNotice, withRequest } from "@/lib/vocabulary/notices";

const id = v7();

test("X-2: a notice names the request it tells of, wherever it stands in an address", () => {
  expect(withRequest("/account?notice=account-saved", id)).toBe(`/account?notice=account-saved_${id}`);
  expect(withRequest("/account?notice=session-ended#sessions", id)).toBe(`/account?notice=session-ended_${id}#sessions`);
  expect(withRequest("/orgs?a=b&notice=joined&c=d", id)).toBe(`/orgs?a=b&notice=joined_${id}&c=d`);
  for (const word of Object.keys(notices)) {
    const asked = new URL(withRequest(withNotice("/x", word), id), "http://here.invalid").searchParams.get("notice") ?? "";
    expect([noticeOf(asked), requestOf(asked)]).toEqual([notices[word], id]);
  }
});

test("X-2: what has no notice stays as it is, and so does a notice that tells of an earlier request", () => {
  const earlier = `/account?notice=new-password-saved_${v7()}`;
  const inside = `/welcome/privacy?next=${encodeURIComponent("/account?notice=account-saved")}`;
  for (const path of ["/", "/account", "/account?dialog=email", earlier, inside]) expect(withRequest(path, id)).toBe(path);
  expect(withRequest("/account?notice=account-saved", null)).toBe("/account?notice=account-saved");
});

test("INP-4: an address that nobody of us wrote says nothing and names no request", () => {
  for (const typed of [undefined, "", "_", "toString", "__proto__", "<b>", ["nothing"], `x_${id}`]) expect(noticeOf(typed)).toBeUndefined();
  for (const typed of ["site-saved", "site-saved_", "site-saved_1", `site-saved_${id}0`, `site-saved_'${id}`, [`a_${id.toUpperCase()}`]]) {
    expect(requestOf(typed)).toBeUndefined();
  }
  expect(noticeOf("site-saved_1")).toBe("Site saved");
});
