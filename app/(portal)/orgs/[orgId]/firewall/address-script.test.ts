import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { chosenInstance, firewallRules } from "@/lib/firewall/rules";
import { parseInstances } from "@/lib/instances";
import shipped from "@/lib/instances.json";
import { addressScript } from "./address-script";

/** Runs the script with programs in place of `getent` and `nft`, and returns what it gives to `nft`. */
function runScript(text: string, getent: string): { status: number; output: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "addresses-"));
  for (const [name, source] of [["getent", getent], ["nft", "cat"], ["script", text]]) {
    writeFileSync(path.join(folder, String(name)), name === "script" ? String(source) : `#!/bin/sh\n${source}\n`);
    chmodSync(path.join(folder, String(name)), 0o755);
  }
  try {
    return { status: 0, output: execFileSync(path.join(folder, "script"), [], { env: { ...process.env, PATH: `${folder}:/usr/bin:/bin` }, encoding: "utf8" }) };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return { status, output: stdout };
  }
}

const catalog = parseInstances(shipped);
const instance = chosenInstance(catalog, "europe-01", "");
const script = addressScript(instance, firewallRules(catalog, instance, { for: "switches" }));

test("ORG-30: the script looks up each host and puts its addresses into the sets of its port, for a day", () => {
  const answers = `case "$1 $2" in
    "ahostsv4 oc-term.eu.mist.com") printf '192.0.2.7 STREAM x\\n192.0.2.7 DGRAM\\n192.0.2.9 STREAM\\n';;
    "ahostsv6 oc-term.eu.mist.com") printf '2001:db8::7 STREAM\\n::ffff:192.0.2.7 STREAM\\n';;
    "ahostsv4 ztp.eu.mist.com") printf '198.51.100.1 STREAM\\n';;
    *) exit 2;;
  esac`;
  const { status, output } = runScript(script, answers);
  expect(status).toBe(0);
  const renewed = (set: string, address: string) => [
    `add element inet filter ${set} { ${address} }`,
    `delete element inet filter ${set} { ${address} }`,
    `add element inet filter ${set} { ${address} timeout 1d }`,
  ];
  expect(output.trimEnd().split("\n")).toEqual([
    ...renewed("cloud_tcp_443_v4", "198.51.100.1"),
    ...renewed("cloud_tcp_2200_v4", "192.0.2.7"),
    ...renewed("cloud_tcp_2200_v4", "192.0.2.9"),
    ...renewed("cloud_tcp_2200_v6", "2001:db8::7"),
  ]);
});

test("ORG-30: without hosts the script does nothing", () => {
  expect(runScript(addressScript(instance, []), "exit 2")).toEqual({ status: 0, output: "" });
});
