import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import type { Brand } from "@/lib/brand";
import { isEmailName, emailTemplates, renderEmail, type EmailName } from ".";

const branding: Brand = {
  name: "Rail Portal",
  operator: "Northern Networks",
  supportEmail: "support@northern.example",
  instance: "Europe 02",
  region: "europe",
  url: "https://portal.example.net",
  instanceUrls: {},
  termsUrl: "/terms",
  privacyUrl: "/privacy",
};

const names = Object.keys(emailTemplates).filter(isEmailName);
const samples = (name: EmailName) => z.record(z.string(), z.string()).parse(emailTemplates[name].PreviewProps);
const preview = (name: EmailName) => renderEmail(name, emailTemplates[name].PreviewProps, branding);
const linksOf = (name: EmailName) => Object.values(samples(name)).filter((value) => value.startsWith("https://"));

describe.each(names.map((name) => [name] as const))("%s", (name) => {
  test("renders the preview with brand and support address", async () => {
    const { subject, html, text } = await preview(name);
    expect(subject).not.toBe("");
    expect(subject).not.toContain("!");
    for (const part of [html, text]) {
      expect(part).toContain("Rail Portal");
      expect(part).toContain("support@northern.example");
      expect(part).toContain("Europe 02");
      expect(part).not.toContain("Signalbox");
      expect(part).not.toMatch(/undefined|Invalid Date|\[object/);
    }
  });

  test("contains every link in full in HTML and text", async () => {
    const { html, text } = await preview(name);
    for (const link of linksOf(name)) {
      expect(html).toContain(`href="${link}"`);
      expect(text).toContain(link);
    }
  });

  test("loads no external resources and has no tracking (LNK-9)", async () => {
    const { html } = await preview(name);
    expect(html).not.toMatch(/<img|<script|<link[^>]+stylesheet|url\(|@import|@font-face/i);
    const targets = [...html.matchAll(/href="([^"]*)"/g)].map(([, target]) => target);
    const others = targets.filter((target) => !linksOf(name).includes(target ?? ""));
    expect([...new Set(others)]).toEqual(["mailto:support@northern.example"]);
  });

  test("supports dark mode and narrow screens and sets the language", async () => {
    const { html } = await preview(name);
    expect(html).toMatch(/<html[^>]+lang="en"/);
    expect(html).toContain("prefers-color-scheme: dark");
    expect(html).toContain("max-width: 480px");
    expect(html.length).toBeLessThan(20_000);
  });

  test("requires every prop and rejects unknown ones", async () => {
    for (const key of Object.keys(samples(name))) {
      const { [key]: _, ...rest } = samples(name);
      await expect(renderEmail(name, rest, branding)).rejects.toThrow(z.core.$ZodRealError);
    }
    await expect(renderEmail(name, { ...samples(name), more: "x" }, branding)).rejects.toThrow(z.core.$ZodRealError);
  });
});

describe("hostile names and links", () => {
  const hostile = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><h1>x",
    "Acme\r\nBcc: b@attacker.test",
    "Acme\0\u202e\u2028x",
    "Win now: https://attacker.test/prize",
    "www.attacker.test",
    "\ud800Acme",
    "x".repeat(10_000),
    "",
  ];
  const invite = (name: string) =>
    renderEmail("invitation", { ...emailTemplates.invitation.PreviewProps, organization: name, inviter: name, role: name }, branding);

  test.each(hostile.map((name) => [name]))("the name %j is rendered as text on one line", async (name) => {
    const { subject, html, text } = await invite(name);
    expect(subject).not.toMatch(/[\r\n\0\u2028\u202e]/);
    expect([...subject].length).toBeLessThanOrEqual(180);
    expect(subject.isWellFormed() && html.isWellFormed() && text.isWellFormed()).toBe(true);
    expect(html).not.toMatch(/<script|<img|<\/style><\/title>/);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(text).not.toMatch(/[\0\u2028\u202e]|^Bcc:/m);
    expect(`${html}${text}`).not.toMatch(/https:\/\/attacker|www\.attacker/);
    expect(html.length).toBeLessThan(20_000);
  });

  const inviteBy = (link: string) => renderEmail("invitation", { ...emailTemplates.invitation.PreviewProps, link }, branding);

  test.each([["javascript:alert(1)"], ["/invite/1"], ["data:text/html,x"], ["ftp://portal.example.net"], [""]])(
    "LNK-4: %j is rejected as a link",
    async (link) => {
      await expect(inviteBy(link)).rejects.toThrow(z.core.$ZodRealError);
    },
  );
});

test("ADM-3: the invitation shows organization, inviter, role, site access and expiry", async () => {
  const { subject, text } = await preview("invitation");
  expect(subject).toBe("Invitation to Northern Rail Cargo at Rail Portal");
  expect(text).toContain("Maria Berg invites you");
  expect(text).toContain("Role: Network Admin\nSite access: the sites Hamburg and Kiel");
  expect(text).toContain("Valid until: Saturday, 28 November 2026 at 14:05 UTC");
});

test("unknown template names are recognized", () => {
  expect(names.every(isEmailName)).toBe(true);
  expect(["toString", "__proto__", "invite", ""].some(isEmailName)).toBe(false);
});
