import { launch } from "./launch.mjs";

await launch("verify-audit/main.ts");
