import { inject } from "vitest";

// Each test file that imports this has a database of its own: what it counts, locks or vacuums depends on no other file.
const answer = await fetch(inject("databaseServer"));
const text = await answer.text();
if (!answer.ok) throw new Error(text);
process.env.DATABASE_URL = text;
