import type { Page } from "@playwright/test";
import type { DemoAction, DemoTarget } from "../../lib/shared/define-area.ts";
import { listedPart, mergedPart } from "../../lib/shared/registry.ts";

const targets: Record<string, DemoTarget> = mergedPart("demoTargets");
const actions: Record<string, DemoAction> = mergedPart("actions");

/** The kinds of rows whose id the screenshots of the areas need. */
export const neededTargets = (): string[] => {
  const paths = listedPart("screenshots").map(({ path }) => path);
  return Object.keys(targets).filter((kind) => !targets[kind]?.isInserted && paths.some((path) => path.includes(`[${kind}]`)));
};

/** The id of the first row of a kind in its list; an empty list gets a row first. */
export async function findOrCreateTarget(page: Page, organizationPath: string, kind: string): Promise<string | undefined> {
  const { list = "", createdBy = "" } = targets[kind] ?? {};
  const path = `${organizationPath}/${list}`;
  const firstId = async () => new RegExp(`${path}/([\\da-f-]{36})`).exec(await page.locator("main").innerHTML())?.[1];
  await page.goto(path);
  const found = await firstId();
  const action = actions[createdBy];
  if (found || !action) return found;
  await page.goto(`${organizationPath}/${action.page}`);
  for (const [name, value] of Object.entries(action.fields ?? {})) await page.locator(`[name=${name}]`).fill(value.replace("{word}", "First"));
  await page.getByRole("button", { name: action.button, exact: true }).click();
  await page.waitForURL((url) => url.pathname === path);
  return firstId();
}
