import { expect, test } from "vitest";
import { connect } from "@/db/client";

test("REL-3: while Postgres is gone each query is refused at once, however many were before it", async () => {
  const sql = connect("app", { port: 1, max: 2 });
  for (let tries = 0; tries < 12; tries += 1) {
    const since = performance.now();
    await expect(sql`select 1`).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(performance.now() - since).toBeLessThan(1_000);
  }
  await sql.end({ timeout: 1 });
});
