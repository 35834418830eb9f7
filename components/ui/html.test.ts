import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { html, hrefOf } from "./html";

const hostile = [
  "<script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  "</td></tr></tbody></table><iframe src=javascript:alert(1)>",
  "<!--", "-->", "]]>", "&lt;script&gt;", "${alert(1)}", "` onfocus=alert(1) `", "<svg/onload=alert(1)>", "</script><script>",
];

describe("html", () => {
  it.each(hostile)("INP-2: leaves nothing of %s that a browser would act on", (text) => {
    const cell = html`<td title="${text}">${text}</td>`.toString();
    const inner = cell.slice('<td title="'.length, -"</td>".length);
    expect(inner.split('">')).toHaveLength(2);
    expect(inner.replace('">', "")).not.toMatch(/[<>"'`]/);
  });

  it("INP-2: any text comes back as the same text", () => {
    const names: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#96": "`" };
    const read = (markup: string) => markup.replace(/&(amp|lt|gt|quot|#39|#96);/g, (_, name: string) => names[name] ?? "");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const markup = html`${text}`.toString();
        expect(markup).not.toMatch(/[<>"'`]/);
        expect(read(markup)).toBe(text);
      }),
    );
  });

  it("joins lists, keeps markup, leaves out what is not there", () => {
    const items = ["a", "<b>"].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}</ul>${null}${undefined}${false}${0}`.toString()).toBe("<ul><li>a</li><li>&lt;b&gt;</li></ul>0");
  });

  it("escapes an object that only looks like markup", () => {
    const lookalike = { toString: () => "<b>" } as unknown as string;
    expect(html`${lookalike}`.toString()).toBe("&lt;b&gt;");
  });
});

describe("links", () => {
  it.each(["javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//evil.example", "/\\evil", "vbscript:x"])(
    "INP-2: %s leads nowhere",
    (address) => expect(hrefOf(address)).toBe("#"),
  );

  it("keeps addresses of this site, the web and mail", () => {
    for (const address of ["/orgs/1?a=b", "?after=x", "#top", "https://example.com", "mailto:a@b.test"]) {
      expect(hrefOf(address)).toBe(address);
    }
  });
});
