import { mkdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Browser } from "@playwright/test";
import { build, stop } from "esbuild";
import { projectPath, projectRoot } from "../start/paths.ts";
import type { Variant } from "./capture.ts";

type Emails = typeof import("../../emails/index.ts");

const brand = {
  name: "Signalbox",
  operator: "Signalbox",
  supportEmail: "support@portal.example.net",
  instance: "Global 01",
  region: "global" as const,
  url: "https://portal.example.net",
  instanceUrls: {},
  termsUrl: "https://portal.example.net/terms",
  privacyUrl: "https://portal.example.net/privacy",
};

/** Bundles the email templates, because their import paths need a bundler. */
async function loadEmails(): Promise<Emails> {
  const outfile = projectPath(".data", "screenshots", "emails.mjs");
  mkdirSync(projectPath(".data", "screenshots"), { recursive: true });
  await build({
    absWorkingDir: projectRoot,
    entryPoints: [projectPath("emails", "index.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    packages: "external",
    jsx: "automatic",
    logLevel: "error",
  });
  await stop();
  return (await import(`${pathToFileURL(outfile).href}?at=${Date.now()}`)) as Emails;
}

type Options = { browser: Browser; variants: Variant[]; filter: string; fileName: (name: string) => string };

/** Takes screenshots of all emails with their preview props. */
export async function captureEmails({ browser, variants, filter, fileName }: Options): Promise<void> {
  const { emailTemplates, renderEmail, isEmailName } = await loadEmails();
  const names = Object.keys(emailTemplates).filter(isEmailName).filter((name) => `mail-${name}`.includes(filter));
  const rendered = await Promise.all(
    names.map(async (name) => ({ name, html: (await renderEmail(name, emailTemplates[name].PreviewProps, brand)).html })),
  );
  for (const { name: variant, scheme, viewport } of variants) {
    const context = await browser.newContext({ colorScheme: scheme, viewport });
    const page = await context.newPage();
    for (const { name, html } of rendered) {
      await page.setContent(html);
      await page.screenshot({ path: fileName(`mail-${name}-${variant}`), fullPage: true });
    }
    await context.close();
  }
  if (names.length > 0) console.log(`${names.length} emails`);
}
