import { once } from "node:events";
import { fakeGoogle } from "../../lib/integrations/fake-google.ts";

// The journeys' own Google: people go there and back in their browser, and the portal asks it who they were.
const { close } = await fakeGoogle(Number(process.env.PORT));
await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
await close();
