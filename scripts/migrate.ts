import { migrate } from "@/db/migrate";
import { env } from "@/lib/env";

try {
  await migrate(env().DATABASE_URL);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
