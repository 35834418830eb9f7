import { launch } from "./launch.mjs";

await launch("organization/main.ts");
