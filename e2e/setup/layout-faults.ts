import type { Page } from "@playwright/test";

/** Text spacing as WCAG 1.4.12 lets a person set it; false takes it away again. */
function spaceText(on: boolean) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }");
  document.adoptedStyleSheets = on ? [sheet] : [];
}

/** Elements wider than the screen, and text that its own control cuts off. */
function overflows(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const beyond = [...document.querySelectorAll("main *, dialog *, header *")]
    .filter((one) => one.getBoundingClientRect().right > clientWidth + 1 && one.checkVisibility())
    .map((one) => one.outerHTML.slice(0, 120));
  const cut = [...document.querySelectorAll<HTMLElement>(":is(button, a, span).border, [data-tag], h1, h2, label")]
    .filter((one) => one.checkVisibility() && one.offsetWidth > 1 && one.scrollWidth > one.clientWidth + 1)
    .filter((one) => getComputedStyle(one).textOverflow !== "ellipsis")
    .map((one) => `cut off: ${one.outerHTML.slice(0, 160)}`);
  return [...(scrollWidth > clientWidth ? [`${scrollWidth} wide: ${beyond.at(-1)}`] : []), ...cut];
}

/** Targets smaller than 24 pixels with another one beside them; links within a sentence are exempt. */
function smallTargets(): string[] {
  const root = document.querySelector("dialog[open]") ?? document;
  const targets = [...root.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary")].filter(
    (one) => one.checkVisibility({ visibilityProperty: true }) && one.offsetWidth > 1 && one.getAttribute("href") !== "#main",
  );
  const hit = (one: HTMLElement) => (one.closest("label") ?? one).getBoundingClientRect();
  const inSentence = (one: HTMLElement) =>
    getComputedStyle(one).display === "inline" && one.parentElement?.textContent?.trim() !== one.textContent?.trim();
  const isSmall = (one: HTMLElement) => Math.min(hit(one).width, hit(one).height) < 24 && !inSentence(one);
  const crowds = (one: HTMLElement, other: HTMLElement) => {
    const [a, b] = [hit(one), hit(other)];
    const [x, y] = [a.left + a.width / 2, a.top + a.height / 2];
    const across = Math.max(b.left - x, x - b.right, 0);
    const down = Math.max(b.top - y, y - b.bottom, 0);
    return Math.hypot(across, down) < 12;
  };
  return targets
    .filter((one) => isSmall(one) && targets.some((other) => hit(other) !== hit(one) && other !== one && crowds(one, other)))
    .map((one) => `${hit(one).width}×${hit(one).height}: ${one.outerHTML.slice(0, 120)}`);
}

/** Elements that something else obscures while they have the focus, on the way down the page and back up. */
function obscured(): string[] {
  const root = document.querySelector("dialog[open]") ?? document;
  const focusable = [...root.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary")];
  const isVisible = (one: HTMLElement) => {
    const [box = one.getBoundingClientRect()] = one.getClientRects();
    const label = one.closest("label");
    return [box.top + 3, box.bottom - 3].every((y) => {
      const seen = document.elementFromPoint(box.left + Math.min(box.width / 2, 12), y);
      return seen && (one.contains(seen) || seen.contains(one) || label?.contains(seen));
    });
  };
  const faults = [...focusable, ...focusable.toReversed()].filter((one) => {
    one.focus();
    return document.activeElement === one && !isVisible(one);
  });
  return faults.map((one) => one.outerHTML.slice(0, 120));
}

/** Controls without a visible border, and focus rings around what has no focus. */
function withoutOutline(): string[] {
  for (const transition of document.getAnimations()) transition.finish();
  const bordered = "main section, .border, input, select, textarea, [role=switch] > span:last-child, [data-tag], dialog[open]";
  const borderless = [...document.querySelectorAll<HTMLElement>(bordered)].filter((one) => {
    const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(one);
    return one.checkVisibility() && (borderTopStyle === "none" || borderTopWidth === "0px" || borderTopColor === backgroundColor);
  });
  const outlined = [...document.querySelectorAll<HTMLElement>("a, button, input, summary")].filter(
    (one) => one !== document.activeElement && getComputedStyle(one).outlineStyle !== "none",
  );
  return [...borderless, ...outlined].map((one) => one.outerHTML.slice(0, 120));
}

/** The layout faults of the open page at each viewport, and in forced colors. */
export async function layoutFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const note = (what: string, found: string[]) => faults.push(...found.map((one) => `${what}: ${one}`));

  await page.locator("html[data-hydrated]").waitFor();
  await page.setViewportSize({ width: 320, height: 640 });
  note("320 px", await page.evaluate(overflows));
  await page.evaluate(spaceText, true);
  note("320 px, spaced", await page.evaluate(overflows));
  await page.evaluate(spaceText, false);

  await page.setViewportSize({ width: 390, height: 844 });
  note("small target", await page.evaluate(smallTargets));

  for (const size of [{ width: 1024, height: 500 }, { width: 390, height: 700 }]) {
    await page.setViewportSize(size);
    note(`obscured at ${size.width} px`, await page.evaluate(obscured));
  }

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ forcedColors: "active" });
  note("forced colors", await page.evaluate(withoutOutline));
  await page.emulateMedia({ forcedColors: "none" });
  return faults;
}
