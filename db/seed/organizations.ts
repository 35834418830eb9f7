import type { Role } from "@/lib/shared/roles";
import type { SettingsDocument } from "@/lib/shared/settings/document";

export type DemoSite = { name: string; country: string; timeZone: string; streetAddress: string; latitude?: number; longitude?: number; groups: readonly string[] };

/** Somebody who is not a member: invited, or a former member. */
export type Contact = { firstName: string; lastName: string; email: string; role: Role };

/** A template with its settings, and the sites that use it. */
export type DemoTemplate = { name: string; settings: SettingsDocument; sites: readonly string[] };

/** A WLAN template for the whole organization or some site groups, with its WLANs and the passphrase of those that have one. */
export type DemoWlanTemplate = { name: string; groups?: readonly string[]; wlans: readonly { settings: SettingsDocument; passphrase?: string }[] };

export type DemoOrganization = {
  name: string;
  randomSeed: number;
  sites: readonly DemoSite[];
  /** A site that was created and later deleted. */
  formerSite: DemoSite;
  pending: Contact;
  expired: Contact;
  former: Contact;
  /** Email address of a cancelled invitation with a typo. */
  mistyped: string;
  rfTemplates: readonly DemoTemplate[];
  wlanTemplates: readonly DemoWlanTemplate[];
  /** The variables of sites; one of the sites that use a template lacks one. */
  variables: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** A profile of access points. */
  deviceProfile: Omit<DemoTemplate, "sites">;
  /** Groups that sites join and leave, and suffixes of street addresses: small everyday changes. */
  temporaryGroups: readonly string[];
  addressSuffixes: readonly string[];
  ipPrefixes: readonly string[];
  userAgents: readonly string[];
  /** Added to messages that concern no site. */
  messageSuffix: string;
};

const germany = { country: "DE", timeZone: "Europe/Berlin" };
const netherlands = { country: "NL", timeZone: "Europe/Amsterdam" };
const france = { country: "FR", timeZone: "Europe/Paris" };
const poland = { country: "PL", timeZone: "Europe/Warsaw" };

export const tidewater: DemoOrganization = {
  name: "Tidewater Retail",
  randomSeed: 4711,
  sites: [
    { ...germany, name: "Berlin Mitte", streetAddress: "Friedrichstraße 68, 10117 Berlin", latitude: 52.5125, longitude: 13.3889, groups: ["DACH", "Large stores"] },
    { ...germany, name: "Hamburg Hafen", streetAddress: "Am Sandtorkai 30, 20457 Hamburg", latitude: 53.5436, longitude: 9.9983, groups: ["DACH", "Large stores"] },
    { ...germany, name: "Köln Ehrenfeld", streetAddress: "Venloer Straße 241, 50823 Köln", latitude: 50.9497, longitude: 6.9244, groups: ["DACH"] },
    { ...germany, name: "München Sendling", streetAddress: "Plinganserstraße 51, 81369 München", latitude: 48.1167, longitude: 11.5355, groups: ["DACH", "Outlets"] },
    { ...netherlands, name: "Rotterdam", streetAddress: "Coolsingel 119, 3012 AG Rotterdam", latitude: 51.9205, longitude: 4.4799, groups: ["Benelux", "Large stores"] },
    { ...netherlands, name: "Utrecht Centraal", streetAddress: "Stationshal 12, 3511 CE Utrecht", groups: ["Benelux"] },
    { ...france, name: "Lyon Part-Dieu", streetAddress: "17 rue du Docteur Bouchut, 69003 Lyon", latitude: 45.7607, longitude: 4.8555, groups: ["France", "Large stores"] },
    { ...france, name: "Marseille Joliette", streetAddress: "10 place de la Joliette, 13002 Marseille", latitude: 43.3047, longitude: 5.3667, groups: ["France"] },
    { ...france, name: "Lille Flandres", streetAddress: "24 rue Faidherbe, 59800 Lille", latitude: 50.6371, longitude: 3.0691, groups: ["France", "Outlets"] },
    { ...poland, name: "Gdańsk", streetAddress: "ul. Długa 47, 80-831 Gdańsk", latitude: 54.3487, longitude: 18.6532, groups: ["Poland"] },
    { ...poland, name: "Kraków Kazimierz", streetAddress: "ul. Szeroka 14, 31-053 Kraków", latitude: 50.0522, longitude: 19.9487, groups: ["Poland", "Outlets"] },
    { name: "Wien Praterstern", country: "AT", timeZone: "Europe/Vienna", streetAddress: "Praterstraße 70, 1020 Wien", latitude: 48.2179, longitude: 16.3904, groups: ["DACH"] },
  ],
  formerSite: { ...germany, name: "Pop-up Leipzig", streetAddress: "Petersstraße 9, 04109 Leipzig", groups: ["DACH"] },
  pending: { firstName: "Ines", lastName: "Moreau", email: "ines.moreau@tidewater.example", role: "installer" },
  expired: { firstName: "Pavel", lastName: "Kral", email: "pavel.kral@tidewater.example", role: "observer" },
  former: { firstName: "Victor", lastName: "Hale", email: "victor.hale@tidewater.example", role: "network_admin" },
  mistyped: "ines.morau@tidewater.example",
  rfTemplates: [
    { name: "High ceilings", settings: { band_24_usage: "auto", band_5: { bandwidth: 80, power_max: 15 }, band_24: { power_max: 12 } }, sites: ["Berlin Mitte", "Hamburg Hafen", "Rotterdam", "Lyon Part-Dieu"] },
    { name: "Small rooms", settings: { band_24: { channels: [1, 6, 11] }, band_6: { disabled: true } }, sites: ["München Sendling", "Lille Flandres", "Kraków Kazimierz"] },
  ],
  wlanTemplates: [
    {
      name: "All stores",
      wlans: [
        { settings: { ssid: "Tidewater Guest", vlan_enabled: true, vlan_id: "{{vlan_guest}}" } },
        { settings: { ssid: "Tidewater Staff", bands: ["5", "6"], auth: { type: "psk", pairwise: ["wpa3"] }, vlan_enabled: true, vlan_id: "{{vlan_staff}}" }, passphrase: "low tide at noon" },
      ],
    },
    { name: "Scanners", groups: ["Large stores"], wlans: [{ settings: { ssid: "{{site_code}}-scanner", hide_ssid: true, auth: { type: "psk" }, vlan_enabled: true, vlan_pooling: true, vlan_ids: ["{{vlan_scanner}}"] }, passphrase: "every pallet counts" }] },
  ],
  variables: {
    "Berlin Mitte": { site_code: "ber", vlan_guest: "200", vlan_staff: "100", vlan_scanner: "20-30" },
    "Hamburg Hafen": { site_code: "ham", vlan_guest: "200", vlan_staff: "100", vlan_scanner: "40,41" },
    Rotterdam: { site_code: "rtm", vlan_guest: "210", vlan_staff: "5000", vlan_scanner: "20-30", vlan_kiosk: "300" },
    "Lyon Part-Dieu": { site_code: "lyo", vlan_guest: "200", vlan_staff: "100" },
    "Köln Ehrenfeld": { vlan_guest: "200", vlan_staff: "100" },
  },
  deviceProfile: { name: "Shop floor", settings: { led: { enabled: false }, disable_eth2: true, ntp_servers: ["ntp.tidewater.example"] } },
  temporaryGroups: ["Late opening", "Pilot stores", "Refit 2027"],
  addressSuffixes: [", courtyard", ", goods entrance", ", ground floor", ", 2nd floor"],
  ipPrefixes: ["192.0.2.", "198.51.100.", "2001:db8:7a::"],
  userAgents: [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/154.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:157.0) Gecko/20100101 Firefox/157.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/154.0.0.0 Safari/537.36 Edg/154.0.0.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1",
  ],
  messageSuffix: "",
};

const port = (groups: readonly string[] = []) => ["Harbourline Ports", ...groups];

/** Every text contains the word Harbourline, so that tests notice one that leaks into another organization. */
export const harbourline: DemoOrganization = {
  name: "Harbourline Logistics",
  randomSeed: 1815,
  sites: [
    { name: "Harbourline Quay Antwerp", country: "BE", timeZone: "Europe/Brussels", streetAddress: "Harbourline Kaai 730, 2030 Antwerpen", latitude: 51.2797, longitude: 4.3356, groups: port() },
    { name: "Harbourline Yard Felixstowe", country: "GB", timeZone: "Europe/London", streetAddress: "1 Harbourline Way, Felixstowe IP11 3SY", latitude: 51.9553, longitude: 1.3065, groups: port() },
    { name: "Harbourline Depot Bremerhaven", ...germany, streetAddress: "Harbourline-Kai 4, 27568 Bremerhaven", latitude: 53.5878, longitude: 8.5496, groups: port() },
    { name: "Harbourline Terminal Valencia", country: "ES", timeZone: "Europe/Madrid", streetAddress: "Muelle Harbourline 2, 46024 Valencia", latitude: 39.4483, longitude: -0.3201, groups: port() },
    { name: "Harbourline Cold Store Poznań", ...poland, streetAddress: "ul. Harbourline 18, 61-001 Poznań", groups: ["Harbourline Inland"] },
  ],
  formerSite: { name: "Harbourline Annex Ghent", country: "BE", timeZone: "Europe/Brussels", streetAddress: "Harbourline Dok 5, 9000 Gent", groups: port() },
  pending: { firstName: "Doris", lastName: "Harbourline", email: "doris.harbourline@harbourline.example", role: "reporting" },
  expired: { firstName: "Emil", lastName: "Harbourline", email: "emil.harbourline@harbourline.example", role: "helpdesk" },
  former: { firstName: "Felix", lastName: "Harbourline", email: "felix.harbourline@harbourline.example", role: "network_admin" },
  mistyped: "dorris.harbourline@harbourline.example",
  rfTemplates: [
    { name: "Harbourline Yard", settings: { band_5: { power: 17 } }, sites: ["Harbourline Quay Antwerp", "Harbourline Yard Felixstowe"] },
    { name: "Harbourline Cold Store", settings: { band_6: { disabled: true } }, sites: ["Harbourline Cold Store Poznań"] },
  ],
  wlanTemplates: [
    { name: "Harbourline Everywhere", wlans: [{ settings: { ssid: "Harbourline Crew", auth: { type: "psk" }, vlan_enabled: true, vlan_id: "{{vlan_harbourline}}" }, passphrase: "Harbourline at anchor" }] },
    { name: "Harbourline Ports", groups: ["Harbourline Ports"], wlans: [{ settings: { ssid: "Harbourline Visitors" } }] },
  ],
  variables: { "Harbourline Quay Antwerp": { vlan_harbourline: "120" }, "Harbourline Yard Felixstowe": { vlan_harbourline: "121" } },
  deviceProfile: { name: "Harbourline Outdoor", settings: { mesh: { enabled: true, role: "base" } } },
  temporaryGroups: ["Harbourline Night Shift", "Harbourline Reefer Pilot"],
  addressSuffixes: [", Harbourline gate 2", ", Harbourline gate 5", ", Harbourline weighbridge"],
  ipPrefixes: ["203.0.113."],
  userAgents: [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/154.0.0.0 Safari/537.36 Harbourline/7",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:157.0) Gecko/20100101 Firefox/157.0 Harbourline/7",
  ],
  messageSuffix: "at Harbourline",
};
