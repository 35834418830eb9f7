import { runServerProgram } from "../start/server-program.ts";

runServerProgram("staff.mjs");
