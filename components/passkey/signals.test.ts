import { afterEach, expect, test, vi } from "vitest";
import { signalAcceptedPasskeys, signalUnknownPasskey } from "@/components/passkey/signals";

afterEach(() => vi.unstubAllGlobals());

function newBrowser() {
  const [kept, signals] = [new Map<string, string>(), vi.fn(async () => {})];
  vi.stubGlobal("localStorage", { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => kept.set(name, value) });
  vi.stubGlobal("PublicKeyCredential", { signalUnknownCredential: signals, signalAllAcceptedCredentials: signals, signalCurrentUserDetails: vi.fn() });
  return signals;
}

const ada = { at: 100, rpId: "portal.example.net", userId: "QQ", name: "ada@example.test", displayName: "Ada Vey", credentialIds: ["one"] };
const accepted = (ids: string[], userId = "QQ") => [{ rpId: "portal.example.net", userId, allAcceptedCredentialIds: ids }];

test("ACC-16: the accepted passkeys are signalled to the browser, but not by a page that is older than the last one", () => {
  const signals = newBrowser();
  signalAcceptedPasskeys(ada);
  signalAcceptedPasskeys({ ...ada, at: 200, credentialIds: ["one", "two"] });
  for (const at of [200, 100]) signalAcceptedPasskeys({ ...ada, at });
  signalAcceptedPasskeys({ ...ada, userId: "Qg", at: 150, credentialIds: [] });
  expect(signals.mock.calls).toEqual([accepted(["one"]), accepted(["one", "two"]), accepted([], "Qg")]);
});

test("ACC-16: an unknown passkey is signalled to the browser", () => {
  const signals = newBrowser();
  signalUnknownPasskey("portal.example.net", "one");
  expect(signals.mock.calls).toEqual([[{ rpId: "portal.example.net", credentialId: "one" }]]);
});

test.each([undefined, {}, { signalAllAcceptedCredentials: () => Promise.reject(new Error("NotAllowed")) }])(
  "ACC-16: browsers without the API, and errors of it, are ignored: %j",
  (credential) => {
    newBrowser();
    vi.stubGlobal("PublicKeyCredential", credential);
    expect(() => [signalAcceptedPasskeys(ada), signalUnknownPasskey("portal.example.net", "one")]).not.toThrow();
  },
);

test("ACC-16: nothing is signalled when the browser stores nothing", () => {
  const signals = newBrowser();
  vi.stubGlobal("localStorage", undefined);
  signalAcceptedPasskeys(ada);
  expect(signals).not.toHaveBeenCalled();
});
