import { once } from "node:events";
import { fakeOAuthProvider } from "../../lib/integrations/fake-oauth-provider.ts";

// Identity provider of the end-to-end tests.
const { close } = await fakeOAuthProvider(Number(process.env.PORT));
await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
await close();
