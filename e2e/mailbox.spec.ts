import { expect, test } from "./fixtures.ts";
import { linkInEmail } from "./setup/mail.ts";
import { newOrganization, submitInvitation } from "./setup/organizations.ts";
import { uniqueEmail } from "./setup/unique.ts";

// The script by which these tests wait for hydration is refused in the sandbox of an email, like any other.
test.use({ expectedConsoleErrors: [/^Blocked script execution in '[^']+\/mailbox\//] });

test("WEB-2: the mailbox shows an email as a mail client does, and new mail while it is open", async ({ page, baseURL, context, newContextPage }) => {
  const organization = await newOrganization(baseURL, "mailbox");
  const invite = async (email: string) => {
    await submitInvitation(organization, email);
    return linkInEmail(page.request, email, /^Invitation to/);
  };
  const [first, second] = [uniqueEmail("first"), uniqueEmail("second")];
  const link = await invite(first);

  await page.goto("/mailbox");
  await page.getByRole("row").filter({ hasText: first }).getByRole("link").click();
  const button = page.frameLocator("iframe").getByRole("link", { name: "View the invitation", exact: true });
  await expect(button).toBeVisible();
  const { color, ...style } = await button.evaluate((element) => {
    const { backgroundColor, color, borderRadius, paddingLeft } = getComputedStyle(element);
    return { backgroundColor, color, borderRadius, paddingLeft };
  });
  expect(style).toEqual({ backgroundColor: "rgb(28, 38, 52)", borderRadius: "6px", paddingLeft: "20px" });
  expect(color).toBe("rgb(252, 252, 252)");

  await page.evaluate(() => document.body.setAttribute("data-same-document", ""));
  await invite(second);
  await expect(page.getByRole("row").filter({ hasText: second })).toBeVisible();
  await expect(page.locator("body")).toHaveAttribute("data-same-document");

  const opened = context.waitForEvent("page");
  await button.click();
  const invitation = await opened;
  await expect(invitation).toHaveURL(link);
  await expect(invitation.getByRole("heading", { name: /^Invitation to/ })).toBeVisible();

  const href = await page.getByRole("link", { name: "Open in full" }).getAttribute("href");
  const withoutScript = await newContextPage({ javaScriptEnabled: false });
  await withoutScript.goto(String(href));
  await expect(withoutScript.getByRole("link", { name: "View the invitation", exact: true })).toHaveCSS("background-color", "rgb(28, 38, 52)");
});
