import { expect, test } from "vitest";
import { getNextRun } from "@/lib/firmware/queries";
import { newMember, newOrg } from "@/lib/testing/fixtures";

test("SIT-7: whoever sees sites is told the next run of a schedule before it is saved", async () => {
  const observer = await newMember(await newOrg(), "observer", []);
  const run = await getNextRun(observer, { schedule: "any 02:00 Asia/Kathmandu", hours: "12" });
  expect(run.schedule).toBe("Every day at 2:00 am, site time");
  expect(run.at).toMatch(/^[A-Z][a-z]+day, \d+ [A-Z][a-z]{2} \d{4}, 2:00 am, Kathmandu \(UTC\+5:45\)$/);
  await expect(getNextRun(observer, { schedule: "any 25:00 UTC" })).rejects.toMatchObject({ fields: { schedule: ["Name a day, a time and a time zone"] } });
});
