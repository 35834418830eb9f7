import { randomBytes } from "node:crypto";
import postgres from "postgres";

const template = process.env.DATABASE_URL ?? "";
const name = `test_${randomBytes(8).toString("hex")}`;

const server = new URL(template);
server.pathname = "postgres";
// Files run beside each other: what one counts, locks or vacuums must not depend on another.
const sql = postgres(server.href, { max: 1, onnotice: () => {} });
await sql.unsafe(`create database ${name} template ${new URL(template).pathname.slice(1)}`);
await sql.end();
const own = new URL(template);
own.pathname = name;
process.env.DATABASE_URL = own.href;
