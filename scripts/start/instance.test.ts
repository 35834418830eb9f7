import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { claim } from "./instance.ts";

const folder = () => mkdtempSync(path.join(tmpdir(), "signalbox "));
const written = (data: string) => JSON.parse(readFileSync(path.join(data, "running.json"), "utf8")) as unknown;

test("the mark of a killed run is taken over, also when its number now belongs to another program", async () => {
  for (const pid of [2 ** 22 + 1, process.ppid, process.pid]) {
    const data = folder();
    writeFileSync(path.join(data, "running.json"), JSON.stringify({ pid, address: "http://localhost:3000" }));
    await claim(data);
    expect(written(data)).toEqual({ pid: process.pid });
  }
});

test("the mark says where the portal is, and goes with it", async () => {
  const data = folder();
  const claimed = await claim(data);
  claimed.at("http://localhost:3000");
  expect(written(data)).toEqual({ pid: process.pid, address: "http://localhost:3000" });
  claimed.release();
  expect(existsSync(path.join(data, "running.json"))).toBe(false);
});
