import { expect, test } from "vitest";
import { parseEnvironment } from "@/lib/env";

const valid = {
  NODE_ENV: "production",
  DATABASE_URL: "postgres://owner:x@db:5432/signalbox",
  SIGNALBOX_SECRET: "pA7uXk2ZqLw9Ty4RbN6vCe1MhJ8sDf3G",
  APP_URL: "https://portal.example.net",
};

test("CRY-3: valid settings are accepted", () => {
  expect(parseEnvironment(valid).APP_URL).toBe("https://portal.example.net");
});

test.each([
  ["no secret", { SIGNALBOX_SECRET: undefined }, "SIGNALBOX_SECRET"],
  ["an empty secret", { SIGNALBOX_SECRET: "" }, "SIGNALBOX_SECRET"],
  ["a short secret", { SIGNALBOX_SECRET: "pA7uXk2ZqLw9Ty4R" }, "32 characters"],
  ["a repeated secret", { SIGNALBOX_SECRET: "ab".repeat(20) }, "sample"],
  ["a sample secret", { SIGNALBOX_SECRET: "change-me-0123456789-abcdefghijklm" }, "sample"],
  ["no database", { DATABASE_URL: undefined }, "DATABASE_URL"],
  ["another database", { DATABASE_URL: "mysql://x" }, "postgres://"],
  ["an invalid URL", { APP_URL: "portal" }, "APP_URL"],
  ["an issuer without TLS", { GOOGLE_ISSUER: "http://accounts.example.net" }, "https"],
  ["an allowed network that is none", { OUTBOUND_NETWORKS: "10.20.0.0/16, 10.20" }, "OUTBOUND_NETWORKS must look like"],
  ["applications that are not JSON", { APPLICATIONS: "{zoom}" }, "APPLICATIONS must be JSON"],
  ["an application without its secret", { APPLICATIONS: '{"zoom":{"client_id":"canary"}}' }, "APPLICATIONS.zoom.client_secret"],
  ["an unknown application", { APPLICATIONS: '{"pager":{"client_id":"a","client_secret":"b"}}' }, "APPLICATIONS"],
  ["an application without TLS", { APPLICATIONS: '{"zoom":{"client_id":"a","client_secret":"b","token_endpoint":"http://zoom.example.net/token"}}' }, "APPLICATIONS.zoom.token_endpoint must begin with https"],
  ["a geocoder without TLS", { GEOCODER_URL: "http://geocoder.example.net" }, "GEOCODER_URL must begin with https"],
  ["tiles without a place", { MAP_TILE_URL: "https://tiles.example.net/{z}/{x}.png" }, "MAP_TILE_URL must have {z}, {x} and {y}"],
  ["tiles without TLS", { MAP_TILE_URL: "http://{s}.tiles.example.net/{z}/{x}/{y}.png" }, "MAP_TILE_URL must begin with https"],
  ["tiles of any host", { MAP_TILE_URL: "https://{z}/{x}/{y}" }, "MAP_TILE_URL must begin with https"],
  ["a port that is none", { OUTBOUND_PORTS: "443,70000" }, "OUTBOUND_PORTS"],
  ["a Google client id without its secret", { GOOGLE_CLIENT_ID: "id" }, "GOOGLE_CLIENT_SECRET"],
])("CRY-3: %s is rejected with the reason", (_name, change, message) => {
  expect(() => parseEnvironment({ ...valid, ...change })).toThrow(message);
});

test("WHK-3: requests go to public addresses at the ports 443 and 8443 unless the settings say otherwise", () => {
  expect(parseEnvironment(valid)).toMatchObject({ OUTBOUND_NETWORKS: [], OUTBOUND_PORTS: [443, 8443] });
  const settings = { ...valid, OUTBOUND_NETWORKS: "10.20.0.0/16, fd12::/32", OUTBOUND_PORTS: "443" };
  expect(parseEnvironment(settings)).toMatchObject({ OUTBOUND_NETWORKS: ["10.20.0.0/16", "fd12::/32"], OUTBOUND_PORTS: [443] });
});

test("an older Node version is rejected with the required version", () => {
  expect(() => parseEnvironment(valid, "20.20.2")).toThrow("runs on Node 24 or newer, and this is 20.20.2. To take the one that npm installed");
  expect(parseEnvironment(valid, "24.0.0").APP_URL).toBe("https://portal.example.net");
});

test("CRY-3: the error names all invalid settings and contains no values", () => {
  const secret = "short-canary";
  const attempt = () => parseEnvironment({ ...valid, SIGNALBOX_SECRET: secret, DATABASE_URL: "mysql://a:canary@b" });
  expect(attempt).toThrow(/SIGNALBOX_SECRET[\s\S]*DATABASE_URL|DATABASE_URL[\s\S]*SIGNALBOX_SECRET/);
  expect(attempt).not.toThrow("canary");
});
