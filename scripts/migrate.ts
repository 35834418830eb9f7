import { closePools } from "@/db/client";
import { migrate } from "@/db/migrate";
import { env, secretsInUse } from "@/lib/env";
import { renewSeals } from "@/lib/seals/commands";

const secrets = (count: number) => (count === 1 ? "1 secret is" : `${count} secrets are`);

try {
  await migrate(env().DATABASE_URL);
  const { renewed, closed } = await renewSeals();
  if (renewed > 0) console.log(`${secrets(renewed)} sealed with the present key now.`);
  if (closed > 0) console.warn(`${secrets(closed)} sealed with another key. Set SIGNALBOX_SECRET_PREVIOUS to the secret before this one, and start again.`);
  else if (secretsInUse().length > 1) console.log("Nothing needs SIGNALBOX_SECRET_PREVIOUS any more, save the cookies of who signed in before.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await closePools();
}
