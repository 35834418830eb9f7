import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { parseEnvironment } from "../../lib/env.ts";
import { projectPath } from "./paths.ts";
import { isPortFree, nextFreePort } from "./port.ts";

type Settings = Record<string, string | undefined>;

const withoutEmpty = (source: Settings): Settings => Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));

/** The settings: environment variables first, then the file `.env`. */
export function readSettings(): Settings {
  const file = projectPath(".env");
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  return { ...fromFile, ...withoutEmpty(process.env) };
}

/** The settings of a throwaway portal: never the DATABASE_URL of an installation. */
export const throwawaySettings = (): Settings => ({ ...withoutEmpty(process.env), DATABASE_URL: undefined });

/** The data folder of a throwaway portal, named by its port. */
export const throwawayDataFolder = (port: string | undefined) => projectPath(".data", `throwaway-${port ?? process.pid}`);

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
  if (await isPortFree(port, host)) return port;
  throw new Error(`Port ${port} is in use. Stop the program that uses it, or set PORT to a free one.`);
}

/** The complete environment of web and worker, validated before anything starts. */
export function buildEnvironment(configured: Settings, { url, port, host, trial, data }: EnvironmentOptions): NodeJS.ProcessEnv {
  const settings: Settings = {
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
  parseEnvironment(settings);
  return { ...settings, NODE_ENV: "production" };
}

/** Throws without a mail transport: nobody could create an account. */
export function assertMailTransport({ RESEND_API_KEY, SMTP_URL }: Settings): void {
  if (RESEND_API_KEY || SMTP_URL) return;
  throw new Error("Signalbox cannot start with these settings:\n  SMTP_URL or RESEND_API_KEY is missing; email can’t be sent");
}

type EnvironmentOptions = { url: string; port: number; host: string; trial: boolean; data: string };
