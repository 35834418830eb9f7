import { seedDemo } from "@/db/seed";
import { env } from "@/lib/env";

try {
  if (!env().TRIAL) throw new Error("The demo world is for trials on the embedded Postgres only.");
  await seedDemo(env().DATABASE_URL);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
