import { expect, test } from "vitest";
import { readEnvironment } from "@/lib/env";

const sound = {
  NODE_ENV: "production",
  DATABASE_URL: "postgres://owner:x@db:5432/signalbox",
  SIGNALBOX_SECRET: "pA7uXk2ZqLw9Ty4RbN6vCe1MhJ8sDf3G",
  APP_URL: "https://portal.example.net",
};

test("CRY-3: sound settings start", () => {
  expect(readEnvironment(sound).APP_URL).toBe("https://portal.example.net");
});

test.each([
  ["no secret", { SIGNALBOX_SECRET: undefined }, "SIGNALBOX_SECRET"],
  ["an empty secret", { SIGNALBOX_SECRET: "" }, "SIGNALBOX_SECRET"],
  ["a short secret", { SIGNALBOX_SECRET: "pA7uXk2ZqLw9Ty4R" }, "32 characters"],
  ["a repeated secret", { SIGNALBOX_SECRET: "ab".repeat(20) }, "sample"],
  ["a sample secret", { SIGNALBOX_SECRET: "change-me-0123456789-abcdefghijklm" }, "sample"],
  ["no database", { DATABASE_URL: undefined }, "DATABASE_URL"],
  ["another database", { DATABASE_URL: "mysql://x" }, "postgres://"],
  ["an address that is none", { APP_URL: "portal" }, "APP_URL"],
  ["a provider asked in the open", { GOOGLE_ISSUER: "http://accounts.example.net" }, "https"],
  ["half of what Google gives", { GOOGLE_CLIENT_ID: "id" }, "GOOGLE_CLIENT_SECRET"],
])("CRY-3: %s does not start, and says why", (_name, change, said) => {
  expect(() => readEnvironment({ ...sound, ...change })).toThrow(said);
});

test("a Node that lacks what the portal is written in does not start it, and the right one is named", () => {
  expect(() => readEnvironment(sound, "20.20.2")).toThrow("runs on Node 24 or newer, and this is 20.20.2. To take the one that npm installed");
  expect(readEnvironment(sound, "24.0.0").APP_URL).toBe("https://portal.example.net");
});

test("CRY-3: what is wrong is named all at once, and no value is repeated", () => {
  const secret = "short-canary";
  const attempt = () => readEnvironment({ ...sound, SIGNALBOX_SECRET: secret, DATABASE_URL: "mysql://a:canary@b" });
  expect(attempt).toThrow(/SIGNALBOX_SECRET[\s\S]*DATABASE_URL|DATABASE_URL[\s\S]*SIGNALBOX_SECRET/);
  expect(attempt).not.toThrow("canary");
});
