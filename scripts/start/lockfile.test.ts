import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { acquireLock } from "./lockfile.ts";

const folder = () => mkdtempSync(path.join(tmpdir(), "signalbox "));
const lockContent = (data: string) => JSON.parse(readFileSync(path.join(data, "running.json"), "utf8")) as unknown;

test("a lock file of a killed run is replaced, also when its process id belongs to another program", async () => {
  for (const pid of [2 ** 22 + 1, process.ppid, process.pid]) {
    const data = folder();
    writeFileSync(path.join(data, "running.json"), JSON.stringify({ pid, url: "http://localhost:3000" }));
    await acquireLock(data);
    expect(lockContent(data)).toEqual({ pid: process.pid });
  }
});

test("the lock file contains the URL of the portal, and is removed on release", async () => {
  const data = folder();
  const lock = await acquireLock(data);
  lock.setUrl("http://localhost:3000");
  expect(lockContent(data)).toEqual({ pid: process.pid, url: "http://localhost:3000" });
  lock.release();
  expect(existsSync(path.join(data, "running.json"))).toBe(false);
});
