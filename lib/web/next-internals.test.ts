import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state";
import { expect, test } from "vitest";
import { isReadableRouterState } from "@/lib/web/next-internals";

const encoded = (state: unknown) => encodeURIComponent(JSON.stringify(state));
const page = ["__PAGE__", {}, null, null];
const param = ["orgId", "0192f0c1-7b1a-7c3e-9a51-3d2b5c6d7e8f", "d", null];

const headers = [
  encoded(["", {}]),
  encoded(["", { children: ["orgs", { children: [param, { children: ["sites", { children: page }] }] }] }, null, null, 16]),
  encoded(["", { children: page }, ["/orgs", ""], "refetch"]),
  encoded(["", { children: page }, null, "elsewhere"]),
  encoded(["", { children: [["orgId", "x", "z", null], {}] }]),
  encoded(["", { children: ["orgs", null] }]),
  encoded(["", { children: page }, null, null, 16, "a", "b"]),
  encoded([""]),
  encoded([]),
  encoded({}),
  encoded(null),
  "",
  "%",
  "text",
  `${encoded(["", {}])}, ${encoded(["", {}])}`,
  encoded(["", { toString: ["", {}], constructor: ["", {}] }]),
  encodeURIComponent('["",{"__proto__":["",{}]}]'),
];

/** The header as Next parses it. */
function isReadByNext(header: string): boolean {
  try {
    return parseAndValidateFlightRouterState(header) !== undefined;
  } catch {
    return false;
  }
}

test.each(headers)("WEB-5: the router state %s is readable for us when it is for Next", (header) => {
  expect(isReadableRouterState(header)).toBe(isReadByNext(header));
});
