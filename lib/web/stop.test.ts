import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const module = fileURLToPath(new URL("./stop.ts", import.meta.url));

/** A process with an answer that never ends and Next's own wait for it. */
async function endless(seconds: number) {
  const script = `
    const { isStopping, stopInTime } = await import(${JSON.stringify(module)});
    stopInTime(${seconds});
    process.on("SIGTERM", () => console.log(String(isStopping())));
    setInterval(() => {}, 1_000);
    console.log("ready");`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

test("REL-5: a process with an answer still streaming ends in time, and knows meanwhile that it is stopping", async () => {
  const child = await endless(0.2);
  const asked = performance.now();
  child.kill("SIGTERM");
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  const [code] = (await once(child, "exit")) as [number];
  expect([said.toString().trim(), code]).toEqual(["true", 143]);
  expect(performance.now() - asked).toBeLessThan(5_000);
});
