import { randomBytes } from "node:crypto";
import postgres from "postgres";

const template = process.env.DATABASE_URL ?? "";
const name = `test_${randomBytes(8).toString("hex")}`;

const server = new URL(template);
server.pathname = "postgres";
// Test files run in parallel: each gets a copy of the migrated database.
const sql = postgres(server.href, { max: 1, onnotice: () => {} });
await sql.unsafe(`create database ${name} template ${new URL(template).pathname.slice(1)}`);
await sql.end();
const copy = new URL(template);
copy.pathname = name;
process.env.DATABASE_URL = copy.href;
