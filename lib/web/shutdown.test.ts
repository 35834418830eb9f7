import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const module = fileURLToPath(new URL("./shutdown.ts", import.meta.url));

/** Starts a process that never ends by itself. */
async function startProcess(seconds: number) {
  const script = `
    const { isShuttingDown, enforceShutdownTimeout } = await import(${JSON.stringify(module)});
    enforceShutdownTimeout(${seconds});
    process.on("SIGTERM", () => console.log(String(isShuttingDown())));
    setInterval(() => {}, 1_000);
    console.log("ready");`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

test("REL-5: a process with an open response exits in time after SIGTERM and reports that it is shutting down", async () => {
  const child = await startProcess(0.2);
  const started = performance.now();
  child.kill("SIGTERM");
  const [output] = (await once(child.stdout, "data")) as [Buffer];
  const [code] = (await once(child, "exit")) as [number];
  expect([output.toString().trim(), code]).toEqual(["true", 143]);
  expect(performance.now() - started).toBeLessThan(5_000);
});
