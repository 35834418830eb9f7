import { seedDemo } from "@/db/seed";
import { env } from "@/lib/env";

try {
  if (!env().TRIAL) throw new Error("Demo data is for trial installations on the embedded Postgres only.");
  await seedDemo(env().DATABASE_URL);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
