import { once } from "node:events";
import { fakeGoogle } from "../../lib/integrations/fake-google.ts";

// Identity provider of the end-to-end tests.
const { close } = await fakeGoogle(Number(process.env.PORT));
await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
await close();
