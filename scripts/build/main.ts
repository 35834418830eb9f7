import { buildPortal } from "./portal.ts";

try {
  await buildPortal();
  console.log("Built .next/standalone and dist");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
