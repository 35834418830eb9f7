import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { readEnvironment } from "../../lib/env.ts";
import { inside } from "./paths.ts";
import { isFree, nextFreePort } from "./port.ts";

type Given = Record<string, string | undefined>;

const withoutEmpty = (source: Given): Given => Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));

/** The settings: environment variables first, then the file `.env`. */
export function given(): Given {
  const file = inside(".env");
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  return { ...fromFile, ...withoutEmpty(process.env) };
}

/** The settings of a throwaway portal: never the DATABASE_URL of an installation. */
export const givenToThrowaway = (): Given => ({ ...withoutEmpty(process.env), DATABASE_URL: undefined });

/** The data folder of a throwaway portal, named by its port. */
export const throwawayData = (port: string | undefined) => inside(".data", `throwaway-${port ?? process.pid}`);

/** The secret of a trial installation, created once and stored with its data. */
export function trialSecret(data: string): string {
  const file = path.join(data, "secret");
  if (!existsSync(file)) writeFileSync(file, randomBytes(48).toString("base64"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

/** The configured port, or the first free one from 3000 on. */
export async function choosePort(configured: string | undefined, host: string): Promise<number> {
  if (!configured) return nextFreePort(3000, host);
  const port = Number(configured);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`PORT is ${configured}; it must be a number from 1 to 65535.`);
  if (await isFree(port, host)) return port;
  throw new Error(`Port ${port} is in use. Stop the program that uses it, or set PORT to a free one.`);
}

/** The complete environment of web and worker, validated before anything starts. */
export function surroundings(configured: Given, { url, port, host, trial, data }: Place): NodeJS.ProcessEnv {
  const settings: Given = {
    ...configured,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: url,
    SIGNALBOX_SECRET: configured.SIGNALBOX_SECRET ?? (trial ? trialSecret(data) : undefined),
    APP_URL: configured.APP_URL ?? `http://localhost:${port}`,
    PORT: String(port),
    HOSTNAME: host,
    TRIAL: trial ? "1" : "",
  };
  readEnvironment(settings);
  return { ...settings, NODE_ENV: "production" };
}

/** Throws without a mail transport: nobody could create an account. */
export function refuseWithoutMail({ RESEND_API_KEY, SMTP_URL }: Given): void {
  if (RESEND_API_KEY || SMTP_URL) return;
  throw new Error("Signalbox cannot start with these settings:\n  SMTP_URL or RESEND_API_KEY is missing; email could not be sent");
}

type Place = { url: string; port: number; host: string; trial: boolean; data: string };
