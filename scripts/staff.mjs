import { launch } from "./launch.mjs";

await launch("staff/main.ts");
