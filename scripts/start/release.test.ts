import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { linkTree } from "./release.ts";

test("what runs from a copy of a build stays as it was while the folder is built anew", () => {
  const place = mkdtempSync(path.join(tmpdir(), "signalbox "));
  const [built, running] = [path.join(place, "built"), path.join(place, "running")];
  mkdirSync(path.join(built, "chunks"), { recursive: true });
  writeFileSync(path.join(built, "chunks", "page.js"), "before");
  symlinkSync("chunks", path.join(built, "link"));
  linkTree(built, running);
  rmSync(built, { recursive: true });
  mkdirSync(path.join(built, "chunks"), { recursive: true });
  writeFileSync(path.join(built, "chunks", "page.js"), "after");
  expect(readFileSync(path.join(running, "link", "page.js"), "utf8")).toBe("before");
});
