import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleOnPhone } from "./setup/accessibility.ts";
import { linkInEmail } from "./setup/mail.ts";
import { openSignedIn, signIn, signOut } from "./setup/pages.ts";
import { newPassword, signUp } from "./setup/sign-up.ts";
import { newOwner } from "./setup/test-data.ts";
import { uniqueEmail } from "./setup/unique.ts";

const confirm = (page: Page) => page.getByRole("button", { name: "Confirm and sign in" }).click();
const yourPassword = (page: Page) => page.getByRole("textbox", { name: "Your password" });

/** Creates the first organization, right after sign-up. */
async function createOrganization(page: Page) {
  await page.getByLabel("Name").fill("Fjord Ferries");
  await page.getByRole("button", { name: "Create Organization" }).click();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
}

/** Signs up in one browser and follows the link in the same one, where no password is asked for again. */
async function journey(page: Page) {
  const email = uniqueEmail("ines");
  await signUp(page, email);
  await expect(page.getByText(email)).toBeVisible();
  const link = await linkInEmail(page.request, email, /Confirm your email/);
  await page.goto(link);
  await page.reload();
  await expect(yourPassword(page)).toHaveCount(0);
  await confirm(page);
  await createOrganization(page);
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This email is confirmed" })).toBeVisible();
}

/** Signs up in one browser and follows the link in another, by the password. */
async function journeyElsewhere(page: Page, other: Page) {
  const email = uniqueEmail("ines");
  await signUp(page, email);
  await other.goto(await linkInEmail(page.request, email, /Confirm your email/));
  await yourPassword(other).fill("the-password-of-a-stranger");
  await confirm(other);
  await expect(other.getByText("Wrong password for this link").first()).toBeVisible();
  await yourPassword(other).fill(newPassword);
  await confirm(other);
  await createOrganization(other);
}

test("ACC-1, ACC-2, ACC-4: sign-up, the link of the email, and an organization, with the password typed once", async ({ page }) => {
  await journey(page);
});

test("ACC-2: the link of the email asks for the password in another browser, and signs in there", async ({ page, newContextPage }) => {
  await journeyElsewhere(page, await newContextPage());
});

test("ACC-1: the terms of use and the privacy notice open beside the form, and the choice says what is recorded", async ({ page }) => {
  await page.goto("/create-account");
  await page.getByLabel("Email").fill("half@example.test");
  await expect(page.getByText("we record which pages you open")).toBeVisible();
  for (const name of ["Terms of use", "Privacy notice"]) {
    const opened = page.waitForEvent("popup");
    await page.getByRole("link", { name }).click();
    const text = await opened;
    await expect(text.getByRole("heading", { name, level: 1 })).toBeVisible();
    await expect(text.getByText("support@localhost")).toBeVisible();
    await text.close();
  }
  await expect(page.getByLabel("Email")).toHaveValue("half@example.test");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ACC-1, ACC-2, ACC-4: sign-up, the link of the email, and an organization, by plain forms", async ({ page }) => {
    await journey(page);
  });

  test("ACC-2: the link of the email asks for the password in another browser, by plain forms", async ({ page, newContextPage }) => {
    await journeyElsewhere(page, await newContextPage());
  });

  test("ACC-3, AUT-7: a refused form keeps what was typed, except the password", async ({ page }) => {
    await page.goto("/sign-in");
    await signIn(page, "nobody@example.test", "wrong-but-long-enough");
    await expect(page.getByText("Email and password don’t match")).toHaveCount(1);
    await expect(page.locator("[data-form-error]")).toHaveCount(0);
    await expect(page.getByLabel("Email")).toHaveValue("nobody@example.test");
    await expect(page.getByRole("textbox", { name: "Password" })).toHaveValue("");
  });

  test("ACC-11, AUT-5: too many attempts are answered 429 with Retry-After, whether or not the account exists", async ({ page }) => {
    const email = uniqueEmail("stranger");
    await page.goto("/sign-in");
    let refused = { status: 0, wait: 0 };
    // The limit is ten attempts; fast ones are delayed after five.
    for (let tries = 0; tries < 11 && refused.status !== 429; tries += 1) {
      const answer = page.waitForResponse((response) => response.request().method() === "POST");
      await signIn(page, email, "wrong-but-long-enough");
      const response = await answer;
      refused = { status: response.status(), wait: Number(response.headers()["retry-after"]) };
    }
    expect(refused.status).toBe(429);
    expect(refused.wait).toBeGreaterThan(0);
    await expect(page.getByText("Too many attempts")).toBeVisible();
  });
});

test("ACC-15, SES-7: a password reset by email ends all sessions, also in other browsers", async ({ page, newContextPage }) => {
  const { email, orgId } = await newOwner("reset");
  await openSignedIn(page, email, `/orgs/${orgId}/sites`);
  const other = await newContextPage();
  await other.goto("/sign-in");
  await other.getByRole("link", { name: "Forgot password?" }).click();
  await expect(other.getByRole("heading", { name: "Forgot password?" })).toBeVisible();
  await other.getByLabel("Email").fill(email);
  await other.getByRole("button", { name: "Send reset link" }).click();
  await other.goto(await linkInEmail(other.request, email, /Choose a new password/));
  await other.getByRole("textbox", { name: "New password" }).fill("password123");
  await other.getByRole("button", { name: "Set new password" }).click();
  await expect(other.getByText(/many people use this password/).last()).toBeVisible();
  await other.getByRole("textbox", { name: "New password" }).fill(newPassword);
  await other.getByRole("button", { name: "Set new password" }).click();
  await expect(other.getByText("Your new password is set")).toBeVisible();

  await page.reload();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signIn(page, email);
  await expect(page.getByText("Email and password don’t match")).toBeVisible();
  await signIn(page, email, newPassword);
  await expect(page.getByRole("heading", { name: "Site Configuration" })).toBeVisible();
});

test("ACC-12, ACC-14: the sign-in link shows the name of the organization, and sign-in leads back to the requested page", async ({ page }) => {
  const { email, orgId, organization } = await newOwner("noor");
  const requested = `/orgs/${orgId}/sites?sort=-name`;
  await openSignedIn(page, email, requested);
  await signOut(page);
  await page.goto(`/sign-in?org=${orgId}`);
  await expect(page.getByRole("heading", { name: `Sign in to ${organization}` })).toBeVisible();
  await page.goto(requested);
  await signIn(page, email);
  await expect(page).toHaveURL(requested);
  await page.goto("/");
  await expect(page).toHaveURL(`/orgs/${orgId}`);
});

test("SES-2, SES-9, SES-10: a forged cookie signs nobody in; sign-in sets a new secure cookie, and sign-out invalidates its copies", async ({ page, newContextPage }) => {
  const { email } = await newOwner("sam");
  const forged = { name: "__Host-signalbox.session", value: "planted", domain: "localhost", path: "/", secure: true };
  await page.context().addCookies([forged]);
  await signIn(page, email);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name === "__Host-signalbox.session");
  expect(session).toMatchObject({ httpOnly: true, secure: true, sameSite: "Lax", path: "/" });
  expect(session?.value).not.toBe("planted");
  for (const { name, value } of cookies) expect(name.length + value.length, name).toBeLessThan(4_000);
  expect(cookies.filter(({ name }) => /csrf|callback/.test(name))).toEqual([]);

  const copy = await newContextPage();
  await copy.context().addCookies(cookies);
  await copy.goto(page.url());
  await expect(copy.getByRole("heading", { name: "Overview" })).toBeVisible();
  await signOut(page);
  await copy.reload();
  await expect(copy).toHaveURL(/\/sign-in/);
});

test("AUT-7: sign-in and recovery show the same page for a known and an unknown email address", async ({ newContextPage }) => {
  const known = await newOwner("twin");
  const unknown = uniqueEmail("twin");
  const shown: string[][] = [];
  for (const email of [known.email, unknown]) {
    const visitor = await newContextPage();
    await visitor.goto("/sign-in");
    await signIn(visitor, email, "wrong-but-long-enough");
    await expect(visitor.getByText("Email and password don’t match")).toBeVisible();
    const refused = await visitor.locator("main").innerText();
    await visitor.goto("/recover");
    await visitor.getByLabel("Email").fill(email);
    await visitor.getByRole("button", { name: "Send reset link" }).click();
    await expect(visitor.getByRole("heading", { name: "Check your email" })).toBeVisible();
    shown.push([refused, (await visitor.locator("main").innerText()).replace(email, "")]);
  }
  expect(shown[0]).toEqual(shown[1]);
});

test("ACC-2, LNK-3, LNK-9: the page of a link sends no referrer and is not cached; a link sent again leaves the first one valid", async ({ page }) => {
  const email = uniqueEmail("mina");
  await signUp(page, email);
  const link = await linkInEmail(page.request, email, /Confirm your email/);
  const answer = await page.request.get(link);
  expect(answer.headers()).toMatchObject({ "referrer-policy": "no-referrer", "cache-control": expect.stringContaining("no-store") });
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(page.getByText("Email sent again")).toBeVisible();
  const newer = await linkInEmail(page.request, email, /Confirm your email/, link);
  await page.goto("/verify/not-a-link-that-anybody-made");
  await expect(page.getByRole("heading", { name: "This link isn’t valid" })).toBeVisible();
  await page.goto(link);
  await confirm(page);
  await expect(page.getByRole("heading", { name: "Create Organization" })).toBeVisible();
  await page.goto(newer);
  await expect(page.getByRole("heading", { name: "This email is confirmed" })).toBeVisible();
});

test("every page before sign-in is accessible and fits 360 px", async ({ page }) => {
  for (const path of ["/sign-in", "/create-account", "/terms", "/privacy", "/recover", "/verify/not-a-link-that-anybody-made", "/reset/not-a-link-that-anybody-made"]) {
    await page.goto(path);
    await expectAccessibleOnPhone(page);
  }
});
