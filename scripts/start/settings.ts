import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { readEnvironment } from "../../lib/env.ts";
import { inside } from "./paths.ts";
import { isFree, nextFreePort } from "./port.ts";

type Given = Record<string, string | undefined>;

const filled = (source: Given): Given => Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));

/** What was asked for: the surroundings first, then the file `.env`. */
export function given(): Given {
  const file = inside(".env");
  const written = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  return { ...written, ...filled(process.env) };
}

/** What a throwaway portal is told: nothing that could lead it to anybody's data. */
export const givenToThrowaway = (): Given => ({ ...filled(process.env), DATABASE_URL: undefined });

/** The folder of a throwaway portal, told apart from others by its port. */
export const throwawayData = (port: string | undefined) => inside(".data", `throwaway-${port ?? process.pid}`);

/** The secret of a trial, made once and kept with its data. */
export function trialSecret(data: string): string {
  const file = path.join(data, "secret");
  if (!existsSync(file)) writeFileSync(file, randomBytes(48).toString("base64"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

/** The port to listen on: the one asked for or none, else the first free one from 3000 on. */
export async function choosePort(asked: string | undefined, host: string): Promise<number> {
  if (!asked) return nextFreePort(3000, host);
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`PORT is ${asked}; it must be a number from 1 to 65535.`);
  if (await isFree(port, host)) return port;
  throw new Error(`Port ${port} is taken. Stop what uses it, or set PORT to a free one.`);
}

/** The complete surroundings of web and worker, checked before anything starts. */
export function surroundings(asked: Given, { url, port, host, trial, data }: Place): NodeJS.ProcessEnv {
  const settings: Given = {
    ...asked,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: url,
    SIGNALBOX_SECRET: asked.SIGNALBOX_SECRET ?? (trial ? trialSecret(data) : undefined),
    APP_URL: asked.APP_URL ?? `http://localhost:${port}`,
    PORT: String(port),
    HOSTNAME: host,
    TRIAL: trial ? "1" : "",
  };
  readEnvironment(settings);
  return { ...settings, NODE_ENV: "production" };
}

/** Refuses an installation whose mail would never leave the outbox: nobody could create an account. */
export function refuseWithoutMail({ RESEND_API_KEY, SMTP_URL }: Given): void {
  if (RESEND_API_KEY || SMTP_URL) return;
  throw new Error("Signalbox cannot start with these settings:\n  SMTP_URL or RESEND_API_KEY is missing; mail has no way out");
}

type Place = { url: string; port: number; host: string; trial: boolean; data: string };
