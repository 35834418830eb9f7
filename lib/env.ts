import { readFileSync } from "node:fs";
import ipaddr from "ipaddr.js";
import { en } from "zod/locales";
import * as z from "zod/mini";
import { applicationNames } from "./shared/applications.ts";

// Default messages for schemas without their own; only the server loads them.
z.config(en());

function isReadableFile(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}

const integer = (min: number, max: number) => z.coerce.number().check(z.int(), z.gte(min), z.lte(max));
const hours = (fallback: number, max: number) => z._default(integer(1, max), fallback);
const days = (fallback: number) => z._default(integer(0, 3_650), fallback);
const flag = z.pipe(
  z._default(z.enum(["", "0", "1"]), ""),
  z.transform((value) => value === "1"),
);
const text = (fallback: string) => z._default(z.string().check(z.minLength(1)), fallback);
const optionalText = z.optional(z.string());
const optionalUrl = z.optional(z.url());
const optionalFile = z.optional(z.string().check(z.refine(isReadableFile, "is not a file that can be read")));
const list = (fallback: string) =>
  z.pipe(
    z._default(z.string(), fallback),
    z.transform((text) => text.split(",").map((part) => part.trim()).filter(Boolean)),
  );
const isPort = (port: number) => Number.isInteger(port) && port > 0 && port < 65_536;
const notice = z.optional(z.string().check(z.maxLength(4_000)));

const secret = z
  .string("is missing; make one with: openssl rand -base64 48")
  .check(
    z.minLength(32, "must have at least 32 characters; make one with: openssl rand -base64 48"),
    z.refine((value) => new Set(value).size >= 12, "looks like a sample; make one with: openssl rand -base64 48"),
    z.refine((value) => !/change.?me|example|secret|sample/i.test(value), "is a sample; make one with: openssl rand -base64 48"),
  );

const isSecureUrl = ({ protocol, hostname }: URL) => protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);

const secureUrl = z.url({ protocol: /^https?$/ }).check(z.refine((value) => isSecureUrl(new URL(value)), "must begin with https"));

/** The client at the provider of an application, and what differs from the provider's usual endpoints. */
const application = z.strictObject({
  client_id: z.string().check(z.minLength(1)),
  client_secret: z.string().check(z.minLength(1)),
  scope: optionalText,
  issuer: z.optional(secureUrl),
  authorization_endpoint: z.optional(secureUrl),
  token_endpoint: z.optional(secureUrl),
  revocation_endpoint: z.optional(secureUrl),
  account_endpoint: z.optional(secureUrl),
});

const tileUrl = z.string().check(
  z.refine((value) => ["{z}", "{x}", "{y}"].every((part) => value.includes(part)), "must have {z}, {x} and {y}, like https://tiles.example.net/{z}/{x}/{y}.png"),
  z.refine(hasSecureTiles, "must begin with https"),
);

function hasSecureTiles(template: string): boolean {
  const url = URL.parse(template.replaceAll("{s}", "a"));
  return url !== null && /^[\w.[\]:-]+$/.test(url.host) && isSecureUrl(url);
}

const json = z.transform((text: string, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.issues.push({ code: "custom", message: "must be JSON", input: text });
    return z.NEVER;
  }
});

const Settings = z.object({
  NODE_ENV: z._default(z.enum(["development", "test", "production"]), "production"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must look like postgres://user:password@host:5432/database" }),
  SIGNALBOX_SECRET: secret,
  SIGNALBOX_SECRET_PREVIOUS: z.optional(secret),
  APP_URL: z.pipe(
    z._default(
      z.url({ protocol: /^https?$/, error: "must be the address people type, like https://portal.example.net" }),
      "http://localhost:3000",
    ),
    z.transform((value) => new URL(value).origin),
  ),
  TRUST_PROXY: z._default(integer(0, 10), 0),
  LOG_LEVEL: z._default(z.enum(["fatal", "error", "warn", "info", "debug", "silent"]), "info"),
  TRIAL: flag,
  MAIL_FROM: text("Signalbox <signalbox@localhost>"),
  RESEND_API_KEY: optionalText,
  RESEND_URL: optionalUrl,
  SMTP_URL: z.optional(z.url({ protocol: /^smtps?$/ })),
  SESSION_HOURS: hours(24, 336),
  IDLE_MINUTES: z._default(integer(1, 480), 60),
  LINK_HOURS: hours(24, 24),
  PASSWORD_DAYS_CUSTOMER: days(0),
  PASSWORD_DAYS_PARTNER: days(365),
  PASSWORD_DAYS_PUBLIC: days(0),
  PASSWORD_GRACE_DAYS: days(90),
  PARTNER_NOTICE: notice,
  PARTNER_ADMIN_NOTICE: notice,
  GOOGLE_ISSUER: z._default(secureUrl, "https://accounts.google.com"),
  GOOGLE_CLIENT_ID: optionalText,
  GOOGLE_CLIENT_SECRET: optionalText,
  APPLICATIONS: z.pipe(z.pipe(z._default(z.string(), "{}"), json), z.partialRecord(z.enum(applicationNames), application)),
  OUTBOUND_NETWORKS: list("").check(z.refine((networks) => networks.every((network) => ipaddr.isValidCIDR(network)), "must look like 10.20.0.0/16, 192.168.5.7/32")),
  OUTBOUND_PORTS: z.pipe(list("443,8443"), z.transform((ports) => ports.map(Number))).check(z.refine((ports) => ports.every(isPort), "must look like 443,8443")),
  MAP_TILE_URL: z.optional(tileUrl),
  MAP_ATTRIBUTION: z.optional(z.string().check(z.maxLength(200))),
  GEOCODER_URL: z.optional(secureUrl),
  AUDIT_RETENTION_DAYS: z._default(z.coerce.number().check(z.int(), z.gte(60)), 365),
  POOL_SIZE: z._default(integer(1, 100), 10),
  BRAND_NAME: text("Signalbox"),
  BRAND_OPERATOR: text("Signalbox"),
  BRAND_SUPPORT_EMAIL: text("support@localhost"),
  BRAND_INSTANCE: text("Global 01"),
  BRAND_REGION: z._default(z.enum(["global", "europe"]), "global"),
  BRAND_GLOBAL_URL: optionalUrl,
  BRAND_EUROPE_URL: optionalUrl,
  BRAND_TERMS_URL: optionalUrl,
  BRAND_TERMS_FILE: optionalFile,
  BRAND_PRIVACY_URL: optionalUrl,
  BRAND_PRIVACY_FILE: optionalFile,
  INSTANCES_FILE: optionalFile,
});

const Environment = Settings.check(
  z.refine(({ GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET }) => !GOOGLE_CLIENT_ID || GOOGLE_CLIENT_SECRET, {
    path: ["GOOGLE_CLIENT_SECRET"],
    error: "is missing; Google gives it together with GOOGLE_CLIENT_ID",
  }),
);

export type Environment = z.output<typeof Environment>;

const minimumNodeVersion = 24;
const nodeHint = 'To take the one that npm installed: export PATH="$PWD/node_modules/.bin:$PATH"';

/** Parses the settings, or throws with every missing, short or sample value. */
export function parseEnvironment(source: Record<string, string | undefined>, node = process.versions.node): Environment {
  if (Number.parseInt(node, 10) < minimumNodeVersion) throw new Error(`Signalbox runs on Node ${minimumNodeVersion} or newer, and this is ${node}. ${nodeHint}`);
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join(".")} ${message}`);
  throw new Error(`Signalbox cannot start with these settings:\n${problems.join("\n")}`);
}

let settings: Environment | undefined;

/** Returns the settings; they are read on first use so that a build needs none. */
export const env = () => (settings ??= parseEnvironment(process.env));

/** Returns the password lifetime in days by user group; null means no expiry. */
export function passwordLifetimes() {
  const { PASSWORD_DAYS_CUSTOMER, PASSWORD_DAYS_PARTNER, PASSWORD_DAYS_PUBLIC } = env();
  return { customer: PASSWORD_DAYS_CUSTOMER || null, partner: PASSWORD_DAYS_PARTNER || null, public: PASSWORD_DAYS_PUBLIC || null };
}

/** Returns the current secret, then the previous one, which only decrypts and verifies. */
export function activeSecrets(): readonly string[] {
  const { SIGNALBOX_SECRET, SIGNALBOX_SECRET_PREVIOUS } = env();
  return SIGNALBOX_SECRET_PREVIOUS && SIGNALBOX_SECRET_PREVIOUS !== SIGNALBOX_SECRET ? [SIGNALBOX_SECRET, SIGNALBOX_SECRET_PREVIOUS] : [SIGNALBOX_SECRET];
}
