import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessible, expectFitsPhone } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addMember, addSites, newOwner } from "./setup/test-data.ts";

const canary = "canary-5e02-radius";
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).first().click();
const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const saved = (page: Page) => expect(page.getByText("Site saved").first()).toBeVisible();

async function openSite(page: Page, word: string) {
  const owner = await newOwner(word);
  const [siteId] = await addSites(owner, [{ name: "Kiel" }]);
  const path = `/orgs/${owner.orgId}/sites/${siteId}`;
  await openSignedIn(page, owner.email, path);
  const stored = async () => {
    const [row] = await inDatabase((sql) => sql`select settings from sites where id = ${siteId ?? ""}`);
    return row?.settings;
  };
  return { owner, path, stored };
}

test("SIT-12, X-10: servers are added, moved and removed by keyboard, and a faulty one is refused in its line", async ({ page }) => {
  const { stored } = await openSite(page, "radius");
  const proxy = section(page, "Radius Proxy");
  await page.getByRole("region", { name: "Mist Tunnels" }).getByRole("checkbox", { name: "Enable" }).check();
  await proxy.getByRole("checkbox", { name: "Enable Radius Proxy" }).check();
  const add = proxy.getByRole("button", { name: "Add Server" }).first();
  const host = (line: number) => proxy.getByRole("textbox", { name: `Host, line ${line} of Authentication servers` });
  const port = (line: number) => proxy.getByRole("textbox", { name: `Port, line ${line} of Authentication servers` });

  await add.press("Enter");
  await expect(host(1)).toBeFocused();
  await page.keyboard.type("radius1.example.com");
  await add.press("Enter");
  await page.keyboard.type("radius2.example.com");
  await page.keyboard.press("Tab");
  await page.keyboard.type("70000");
  await save(page);
  await expect(port(2)).toBeFocused();
  await expect(port(2)).toHaveAccessibleDescription("Line 2: Port: enter a number from 1 to 65535");
  await expect(host(2)).not.toHaveAttribute("aria-invalid");
  await expectAccessible(page);

  await port(2).fill("1645");
  await proxy.getByRole("button", { name: "Move line 2 of Authentication servers up" }).press("Enter");
  await expect(host(1)).toHaveValue("radius2.example.com");
  await expect(proxy.getByRole("button", { name: "Move line 1 of Authentication servers down" })).toBeFocused();
  await add.press("Enter");
  await page.keyboard.type("gone");
  await proxy.getByRole("button", { name: "Remove line 3 of Authentication servers" }).press("Enter");
  await expect(proxy.getByRole("button", { name: "Remove line 2 of Authentication servers" })).toBeFocused();
  await proxy.getByRole("textbox", { name: "Shared secret of the authentication servers" }).fill(canary);
  await save(page);
  await saved(page);
  await expect.poll(stored).toMatchObject({ mxedge: { radsec: { enabled: true, auth_servers: [{ host: "radius2.example.com", port: 1645 }, { host: "radius1.example.com" }] } } });
  await page.reload();
  await expect(host(2)).toHaveValue("radius1.example.com");
  await expect(proxy.getByText(/^Set on .* by Ines Lantern$/)).toBeVisible();
  expect(await page.content()).not.toContain(canary);

  await host(2).fill("198.51.100.9");
  await save(page);
  await expect(proxy.getByText("Enter it again, or remove it: the address that it is sent to changes")).toBeVisible();
  await expect(host(2)).toHaveValue("198.51.100.9");
  await expectFitsPhone(page);
});

test("SIT-11, SIT-12: names with spaces and several access points are typed into a table, and readers see them as facts", async ({ page }) => {
  const { owner, path, stored } = await openSite(page, "zones");
  const zones = section(page, "Zones");
  await zones.getByRole("button", { name: "Add Zone" }).click();
  await page.keyboard.type("Front door");
  await page.keyboard.press("Tab");
  await page.keyboard.type("-65");
  await page.keyboard.press("Tab");
  await page.keyboard.type("5c:5b:35:00:00:01, 5C-5B-35-00-00-02");
  const security = section(page, "Security Configuration");
  await security.getByRole("checkbox", { name: "Detect rogue and neighbor APs" }).check();
  await security.getByRole("textbox", { name: "After (failures)" }).fill("5");
  await save(page);
  await expect(security.getByRole("textbox", { name: "Within (seconds)" })).toHaveAccessibleDescription("Enter the time in which they count");
  await security.getByRole("textbox", { name: "Within (seconds)" }).fill("60");
  await save(page);
  await saved(page);
  await expect.poll(stored).toMatchObject({
    rssizones: [{ name: "Front door", devices: [{ mac: "5c5b35000001", rssi: -65 }, { mac: "5c5b35000002", rssi: -65 }] }],
    rogue: { enabled: true },
    wids: { repeated_auth_failures: { threshold: 5, duration: 60 } },
  });
  const reader = await addMember(owner.orgId, { role: "observer" });
  await page.context().clearCookies();
  await openSignedIn(page, reader.email, path);
  await expect(section(page, "Zones").getByText("Front door, Distance (dBm) -65, Access points 5c:5b:35:00:00:01 5c:5b:35:00:00:02")).toBeVisible();
  await expect(section(page, "Security Configuration").getByText("Auto-Prevent Clients: After")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("SIT-12, X-5: rows are lines of text, and what is built on tunnels is refused without them", async ({ page }) => {
    const { stored } = await openSite(page, "plain-rows");
    const servers = page.getByRole("textbox", { name: "Authentication servers", exact: true });
    await page.getByRole("checkbox", { name: "Enable Radius Proxy" }).check();
    await servers.fill("192.0.2.30\nradius.example.com, 1645");
    await page.getByRole("textbox", { name: "Upstream resources" }).fill("tcp, 192.0.2.40");
    await save(page);
    await expect(page.getByText("Line 1: Port: enter a port for TCP")).toBeVisible();
    await page.getByRole("textbox", { name: "Upstream resources" }).fill("tcp, 192.0.2.40, 443");
    await save(page);
    await expect(page.getByText("First enable Mist Tunnels", { exact: true })).toBeVisible();
    await expect(servers).toHaveValue("192.0.2.30\nradius.example.com, 1645");
    await page.getByRole("region", { name: "Mist Tunnels" }).getByRole("checkbox", { name: "Enable" }).check();
    await save(page);
    await saved(page);
    await expect.poll(stored).toMatchObject({
      mxedge: { radsec: { auth_servers: [{ host: "192.0.2.30" }, { host: "radius.example.com", port: 1645 }] } },
      tunterm_monitoring: [[{ protocol: "tcp", host: "192.0.2.40", port: 443 }]],
    });
  });
});
