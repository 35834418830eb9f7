import { launch } from "./launch.mjs";

await launch("new-area/main.ts");
