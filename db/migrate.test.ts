import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { expect, test } from "vitest";
import { migrate } from "@/db/migrate";
import { env } from "@/lib/env";

test("REL-11: migrating with a wrong secret fails with an explanation until the fingerprint is removed", async () => {
  const owner = postgres(env().DATABASE_URL, { max: 1, onnotice: () => {} });
  const name = `secret_${randomUUID().replaceAll("-", "")}`;
  await owner.unsafe(`create database ${name}`);
  const url = new URL(env().DATABASE_URL);
  url.pathname = name;
  const inside = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    await migrate(url.href);
    await migrate(url.href);
    await inside`comment on schema drizzle is 'Signalbox 0123456789abcdef'`;
    await expect(migrate(url.href)).rejects.toThrow("SIGNALBOX_SECRET is not the secret of this database");
    await inside`comment on schema drizzle is null`;
    await expect(migrate(url.href)).resolves.toBeUndefined();
  } finally {
    await inside.end();
    await owner.end();
  }
});
