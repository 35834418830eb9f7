import { afterEach, expect, test, vi } from "vitest";
import { tellKept, tellUnknown } from "@/components/passkey/signals";

afterEach(() => vi.unstubAllGlobals());

function newBrowser() {
  const [kept, told] = [new Map<string, string>(), vi.fn(async () => {})];
  vi.stubGlobal("localStorage", { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => kept.set(name, value) });
  vi.stubGlobal("PublicKeyCredential", { signalUnknownCredential: told, signalAllAcceptedCredentials: told, signalCurrentUserDetails: vi.fn() });
  return told;
}

const ada = { at: 100, rpId: "portal.example.net", userId: "QQ", name: "ada@example.test", displayName: "Ada Vey", credentialIds: ["one"] };
const accepted = (ids: string[], userId = "QQ") => [{ rpId: "portal.example.net", userId, allAcceptedCredentialIds: ids }];

test("ACC-16: a browser is told which passkeys are kept, and never by a page from before the last one", () => {
  const told = newBrowser();
  tellKept(ada);
  tellKept({ ...ada, at: 200, credentialIds: ["one", "two"] });
  for (const at of [200, 100]) tellKept({ ...ada, at });
  tellKept({ ...ada, userId: "Qg", at: 150, credentialIds: [] });
  expect(told.mock.calls).toEqual([accepted(["one"]), accepted(["one", "two"]), accepted([], "Qg")]);
});

test("ACC-16: a browser is told of a passkey that is not kept here", () => {
  const told = newBrowser();
  tellUnknown("portal.example.net", "one");
  expect(told.mock.calls).toEqual([[{ rpId: "portal.example.net", credentialId: "one" }]]);
});

test.each([undefined, {}, { signalAllAcceptedCredentials: () => Promise.reject(new Error("NotAllowed")) }])(
  "ACC-16: a browser that cannot be told is left alone: %j",
  (credential) => {
    newBrowser();
    vi.stubGlobal("PublicKeyCredential", credential);
    expect(() => [tellKept(ada), tellUnknown("portal.example.net", "one")]).not.toThrow();
  },
);

test("ACC-16: a browser that keeps nothing of what it was told is not told", () => {
  const told = newBrowser();
  vi.stubGlobal("localStorage", undefined);
  tellKept(ada);
  expect(told).not.toHaveBeenCalled();
});
