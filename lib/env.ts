import { z } from "zod";

const hours = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback);
const days = (fallback: number) => z.coerce.number().int().min(0).max(3_650).default(fallback);
const flag = z.enum(["", "0", "1"]).default("").transform((value) => value === "1");

const secret = z
  .string("is missing; make one with: openssl rand -base64 48")
  .min(32, "must have at least 32 characters; make one with: openssl rand -base64 48")
  .refine((value) => new Set(value).size >= 12, "looks like a sample; make one with: openssl rand -base64 48")
  .refine((value) => !/change.?me|example|secret|sample/i.test(value), "is a sample; make one with: openssl rand -base64 48");

const isPrivateWay = ({ protocol, hostname }: URL) => protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);

const Settings = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("production"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must look like postgres://user:password@host:5432/database" }),
  SIGNALBOX_SECRET: secret,
  SIGNALBOX_SECRET_PREVIOUS: secret.optional(),
  APP_URL: z
    .url({ protocol: /^https?$/, error: "must be the address people type, like https://portal.example.net" })
    .default("http://localhost:3000")
    .transform((value) => new URL(value).origin),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
  TRIAL: flag,
  MAIL_FROM: z.string().default("Signalbox <signalbox@localhost>"),
  RESEND_API_KEY: z.string().optional(),
  RESEND_URL: z.url().optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  SESSION_HOURS: hours(24, 336),
  IDLE_MINUTES: z.coerce.number().int().min(1).max(480).default(60),
  LINK_HOURS: hours(24, 24),
  PASSWORD_DAYS_CUSTOMER: days(0),
  PASSWORD_DAYS_PARTNER: days(365),
  PASSWORD_DAYS_PUBLIC: days(0),
  PASSWORD_GRACE_DAYS: days(90),
  PARTNER_NOTICE: z.string().max(4_000).optional(),
  PARTNER_ADMIN_NOTICE: z.string().max(4_000).optional(),
  GOOGLE_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine((value) => isPrivateWay(new URL(value)), "must begin with https")
    .default("https://accounts.google.com"),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  AUDIT_RETENTION_DAYS: z.coerce.number().int().min(60).default(365),
  POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  BRAND_NAME: z.string().min(1).default("Signalbox"),
  BRAND_OPERATOR: z.string().min(1).default("Signalbox"),
  BRAND_SUPPORT_EMAIL: z.string().default("support@localhost"),
  BRAND_INSTANCE: z.string().default("Global 01"),
  BRAND_REGION: z.enum(["global", "europe"]).default("global"),
  BRAND_GLOBAL_URL: z.url().optional(),
  BRAND_EUROPE_URL: z.url().optional(),
  BRAND_TERMS_URL: z.url().optional(),
  BRAND_PRIVACY_URL: z.url().optional(),
});

const Environment = Settings.refine(({ GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET }) => !GOOGLE_CLIENT_ID || GOOGLE_CLIENT_SECRET, {
  path: ["GOOGLE_CLIENT_SECRET"],
  error: "is missing; Google gives it together with GOOGLE_CLIENT_ID",
});

export type Environment = z.output<typeof Environment>;

/** Reads the settings of the installation, or names every one that is missing, short or a sample (CRY-3). */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join(".")} ${message}`);
  throw new Error(`Signalbox cannot start with these settings:\n${problems.join("\n")}`);
}

let settings: Environment | undefined;

/** The settings of the installation, read on first use so that a build needs none. */
export const env = () => (settings ??= readEnvironment(process.env));

/** How many days passwords last by user group; 0 in the settings is no end, here null (PWD-1). */
export function passwordPeriods() {
  const { PASSWORD_DAYS_CUSTOMER, PASSWORD_DAYS_PARTNER, PASSWORD_DAYS_PUBLIC } = env();
  return { customer: PASSWORD_DAYS_CUSTOMER || null, partner: PASSWORD_DAYS_PARTNER || null, public: PASSWORD_DAYS_PUBLIC || null };
}

/** The secrets whose keys open things: the present one, which alone makes new ones, then the one before it (CRY-1). */
export function secretsInUse(): readonly string[] {
  const { SIGNALBOX_SECRET, SIGNALBOX_SECRET_PREVIOUS } = env();
  return SIGNALBOX_SECRET_PREVIOUS && SIGNALBOX_SECRET_PREVIOUS !== SIGNALBOX_SECRET ? [SIGNALBOX_SECRET, SIGNALBOX_SECRET_PREVIOUS] : [SIGNALBOX_SECRET];
}
