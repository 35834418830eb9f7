import { runServerProgram } from "../start/server-program.ts";

runServerProgram("organization.mjs");
