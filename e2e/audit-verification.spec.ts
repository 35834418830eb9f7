import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleInBothThemes } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { copyCookies } from "./setup/pages.ts";
import { newOwner } from "./setup/test-data.ts";
import { signedInClient } from "./setup/http-client.ts";

const run = promisify(execFile);

test("AUD-10: Verify says that the log is as it was written, the download is verified by the command, and a changed entry is named", async ({ page, baseURL }) => {
  const { email, orgId } = await newOwner("verification");
  await copyCookies(page, await signedInClient(baseURL, email));
  await page.goto(`/orgs/${orgId}/audit-log`);
  await page.getByRole("link", { name: "Verify", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Verify Audit Logs" });
  await dialog.getByRole("button", { name: "Verify now" }).click();
  await expect(dialog.getByText(/^(All \d+ entries are as they were|The entry is as it was) written\.$/)).toBeVisible({ timeout: 30_000 });
  await expectAccessibleInBothThemes(page);

  const key = (await dialog.locator("code").first().textContent()) ?? "";
  const downloading = page.waitForEvent("download");
  await dialog.getByRole("link", { name: "Download for verification" }).click();
  const file = await (await downloading).path();
  const { stdout } = await run(process.execPath, ["scripts/verify-audit/main.ts", file, "--key", key]);
  expect(stdout).toContain("The audit log is as it was written.");

  await inDatabase((sql) => sql`update audit_entries set message = 'Nothing happened' where organization_id = ${orgId} and name = 'session.started'`);
  await dialog.getByRole("button", { name: "Verify now" }).click();
  await expect(dialog.getByRole("alert")).toContainText(/The log is not as it was written\.Entry 1, written on .*, was changed\. It says now: “Nothing happened”\./, { timeout: 30_000 });
});
