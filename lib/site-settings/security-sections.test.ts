import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type SettingsDocument, withChanges } from "@/lib/shared/settings/document";
import { siteDocumentProblems, siteSettingsFormValues, typedSiteChanges } from "@/lib/site-settings/rules";
import { SiteDocument, UpdateSiteSettings } from "@/lib/site-settings/schema";
import { siteSections } from "@/lib/site-settings/sections";

const siteId = "0190b6c2-1f3a-7c44-9a51-4f1c2a5d7e80";
const site = { name: "Kiel", country: "DE", timeZone: "Europe/Berlin", streetAddress: "Quay 1", groups: ["North"] };
const parsed = (typed: Record<string, unknown>, document: SettingsDocument = site) =>
  UpdateSiteSettings.safeParse({ ...siteSettingsFormValues({ siteId, name: "Kiel", version: 1, document }), ...typed });

/** The document after these texts were typed. */
function saved(typed: Record<string, unknown>, document: SettingsDocument = site): SettingsDocument {
  const result = parsed(typed, document);
  expect(result.error?.issues).toBeUndefined();
  const after = withChanges(document, typedSiteChanges(document, result.data ?? { siteId, version: 1 }).values);
  expect(SiteDocument.safeParse(after).success).toBe(true);
  return after;
}

const problems = (typed: Record<string, unknown>) => (parsed(typed).error?.issues ?? []).map(({ path, message }) => [path[0], message]);

describe("SIT-11: which values a field of the security configuration takes", () => {
  test.each([
    ["rogue.min_rogue_rssi", ["-85", "-80", "0"], ["-86", "1", "-80.5", "loud"]],
    ["rogue.min_rssi", ["-85", "0"], ["-86", "1"]],
    ["rogue.min_rogue_duration", ["0", "59"], ["-1", "60"]],
    ["rogue.min_duration", ["0", "59"], ["-1", "60"]],
    ["rogue.whitelisted_ssids", ["Quay Guests", "guest-*\nCrew, deck 2", "x".repeat(32)], ["x".repeat(33)]],
    ["rogue.whitelisted_bssids", ["cc:8e:6f:d4:bf:16", "CC-73-*\ncc:82:*", "cc8e6fd4bf16"], ["cc:8e", "*", "cc:8e:6f:d4:bf:*6", "cc:8g:6f:d4:bf:16", "cc:8e:6f:d4:bf:16:00"]],
  ])("%s", (name, valid, invalid) => {
    for (const text of valid) saved({ [name]: text });
    for (const text of invalid) expect(problems({ [name]: text })).toEqual([[name, expect.any(String)]]);
  });

  test("clients are prevented after a number of failures within a time, which only count together", () => {
    const [failures, seconds] = ["wids.repeated_auth_failures.threshold", "wids.repeated_auth_failures.duration"];
    expect(saved({ [failures]: "5", [seconds]: "60" })).toMatchObject({ wids: { repeated_auth_failures: { threshold: 5, duration: 60 } } });
    expect(problems({ [failures]: "5" })).toEqual([[seconds, "Enter the time in which they count"]]);
    expect(problems({ [seconds]: "60" })).toEqual([[failures, "Enter how many failures count"]]);
    expect(problems({ [failures]: "0", [seconds]: "86401" })).toHaveLength(2);
  });

  test("an SSID with a comma is one SSID", () => {
    expect(saved({ "rogue.whitelisted_ssids": "Crew, deck 2\nguest-*\n\nguest-*" })).toMatchObject({ rogue: { whitelisted_ssids: ["Crew, deck 2", "guest-*"] } });
  });
});

describe("SIT-12: which values tunnels and what is built on them take", () => {
  test.each([
    ["mxtunnels.hello_interval", ["1", "300"], ["0", "301"]],
    ["mxtunnels.hello_retries", ["2", "30"], ["1", "31"]],
    ["mxtunnels.mtu", ["0", "552", "1500"], ["-1", "1", "551", "1501"]],
    ["mxtunnels.protocol", ["udp", "ip"], ["tcp"]],
    ["mxtunnels.vlan_ids", ["1", "4094", "300, 310\n320"], ["0", "4095", "1.5", "lan"]],
    ["mxtunnels.ap_subnets", ["0.0.0.0/0", "10.2.0.0/16\n2001:db8::/32"], ["10.2.0.0", "10.2.0.0/33", "2001:db8::/129"]],
    ["mxtunnels.hosts", ["mxedge1", "edge1.example.com, 192.0.2.20\n2001:db8::1"], ["edge 1", "-edge.example.com", "300.1.1.1", "edge1:443"]],
    ["mxtunnels.clusters", ["primary, mxedge1, mxedge2.local", "primary"], [", mxedge1", "primary, a b", "one\none"]],
    ["mxedge.radsec.auth_servers", ["192.0.2.30", "radius.example.com, 1\n2001:db8::1, 65535"], ["192.0.2.30, 0", "192.0.2.30, 65536", "a b", "host, 1\nhost, 1"]],
    ["mxedge.radsec.server_selection", ["ordered", "unordered"], ["random"]],
    ["mxedge.mist_das.coa_servers", ["192.0.2.50, 3799, optional", "192.0.2.50, , mandatory"], ["192.0.2.50, 3799, never"]],
    ["tunterm_monitoring", ["ping, 192.0.2.40", "tcp, host, 443, 4094, 1", "arp, 2001:db8::1, , 1, 3600"], ["tcp, host", "ping, host, 80", "udp, host", "ping, host, , 4095", "ping, host, , , 0", "ping"]],
    ["gateway_mgmt.auto_signature_update.day_of_week", ["any", "sun"], ["sunday"]],
    ["gateway_mgmt.auto_signature_update.time_of_day", ["", "00:00", "23:59"], ["24:00", "2am"]],
    ["rssizones", ["Lobby, -70, 5c:5b:35:00:00:01", "Hall, -100, 5c5b35000001 5C-5B-35-00-00-02", "Roof, 0, 5c5b.3500.0001"], ["Lobby, -101, 5c5b35000001", "Lobby, 1, 5c5b35000001", "Lobby, , 5c5b35000001", "Lobby, -70", "Lobby, -70, ap1"]],
  ])("%s", (name, valid, invalid) => {
    for (const text of valid) saved({ [name]: text });
    for (const text of invalid) expect(problems({ [name]: text })).toEqual([[name, expect.any(String)]]);
  });

  const tunnelsOn = { "mxtunnels.enabled": "true" };
  const proxyOn = { ...tunnelsOn, "mxedge.radsec.enabled": "true", "mxedge.radsec.auth_servers": "192.0.2.30" };
  const coaOn = { ...proxyOn, "mxedge.mist_das.enabled": "true", "mxedge.mist_das.coa_servers": "192.0.2.50" };

  test("Radius Proxy needs tunnels and a server, CoA/DM servers need Radius Proxy", () => {
    for (const typed of [tunnelsOn, proxyOn, coaOn]) saved(typed);
    expect(problems({ ...proxyOn, "mxtunnels.enabled": "" })).toEqual([["mxedge.radsec.enabled", "First enable Mist Tunnels"]]);
    expect(problems({ ...proxyOn, "mxedge.radsec.auth_servers": "" })).toEqual([["mxedge.radsec.auth_servers", "Add at least one server"]]);
    expect(problems({ ...coaOn, "mxedge.radsec.enabled": "" })).toEqual([["mxedge.mist_das.enabled", "First enable Radius Proxy"]]);
    expect(problems({ ...coaOn, "mxedge.mist_das.coa_servers": "" })).toEqual([["mxedge.mist_das.coa_servers", "Add at least one server"]]);
    expect(siteDocumentProblems({ ...site, mxedge: { mist_das: { enabled: true, coa_servers: [{ host: "a" }] } } })).toEqual({ "mxedge.mist_das.enabled": "First enable Radius Proxy" });
    expect(siteDocumentProblems(saved(coaOn))).toEqual({});
  });

  test("servers are stored in the order of the list, without the standard port, and never with a secret", () => {
    const document = saved({ ...coaOn, "mxedge.radsec.auth_servers": "b.example.com\na.example.com, 1645", "mxedge.mist_das.coa_servers": "192.0.2.50, , optional", "mxedge.radsec.auth_secret": "s3cret" });
    expect(document.mxedge).toEqual({
      radsec: { enabled: true, auth_servers: [{ host: "b.example.com" }, { host: "a.example.com", port: 1645 }] },
      mist_das: { enabled: true, coa_servers: [{ host: "192.0.2.50", disable_event_timestamp_check: true }] },
    });
    const withSecret = { ...site, mxedge: { radsec: { auth_servers: [{ host: "a", secret: "s3cret" }] } } };
    expect(SiteDocument.safeParse(withSecret).success).toBe(false);
  });

  test("upstream resources are lists of checks; a check stays in its list, and a new one joins the first", () => {
    const document = { ...site, tunterm_monitoring: [[{ protocol: "ping", host: "a" }], [{ protocol: "tcp", host: "b", port: 80 }]] };
    const form = siteSettingsFormValues({ siteId, name: "Kiel", version: 1, document });
    expect(form).toMatchObject({ tunterm_monitoring: "ping, a\ntcp, b, 80", tunterm_monitoring_disabled: "true" });
    expect(saved({ tunterm_monitoring: "arp, c\ntcp, b, 80, , 60\nping, a" }, document).tunterm_monitoring).toEqual([
      [{ protocol: "arp", host: "c" }, { protocol: "ping", host: "a" }],
      [{ protocol: "tcp", host: "b", port: 80, timeout: 60 }],
    ]);
    expect(saved({ tunterm_monitoring_disabled: "" })).toMatchObject({ tunterm_monitoring_disabled: true });
  });

  test("zones hold their access points with the distance of the zone; what another program stored stays", () => {
    const devices = [{ device_id: "00000000-0000-0000-1000-5c5b35000001", rssi: -70 }, { mac: "5c5b35000002", rssi: -60 }];
    const document = { ...site, rssizones: [{ name: "Lobby", devices }] };
    expect(siteSettingsFormValues({ siteId, name: "Kiel", version: 1, document }).rssizones).toBe("Lobby, -70, 5c:5b:35:00:00:01 5c:5b:35:00:00:02");
    expect(saved({ rssizones: "Lobby, -70, 5c5b35000001 5c5b35000002\nGate, -55, 5C-5B-35-00-00-03" }, document).rssizones).toEqual([
      { name: "Lobby", devices },
      { name: "Gate", devices: [{ mac: "5c5b35000003", rssi: -55 }] },
    ]);
    expect(saved({ rssizones: "Lobby, -65, 5c5b35000002" }, document).rssizones).toEqual([{ name: "Lobby", devices: [{ mac: "5c5b35000002", rssi: -65 }] }]);
  });
});

const own = ["security-configuration", "advanced-threat-prevention", "tunnels", "radius-proxy", "upstream-resource-monitoring", "coa-dm-server", "wan-edge-advanced-security", "zones"];
const ownFields = siteSections.sections.filter(({ id }) => own.includes(id)).flatMap(({ fields }) => Object.entries(fields));

test("SIT-11, SIT-12: any text is a value that fits the document, or refused, and never an exception", () => {
  const piece = fc.constantFrom("a", "1", "-70", ", ", "\n", "tcp", "ping", "192.0.2.1", "2001:db8::1", "/24", "5c5b35000001", "*", ":", " ", "optional", "é", "\0");
  const typed = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(fc.constantFrom(...ownFields), typed, ([, field], text) => {
      const { data, success } = field.form.safeParse(text);
      if (!success) return;
      const document = withChanges({}, field.toDocument(data, { values: {}, document: {} }));
      expect(SiteDocument.safeParse(document).error?.issues).toBeUndefined();
      expect(field.form.safeParse(field.toForm(document))).toMatchObject({ success: true });
    }),
    { numRuns: 1_000 },
  );
});
