import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, describe, expect, it } from "vitest";
import { printInto } from "@/lib/shared/printing";
import { html, htmlOf } from "./html";
import { Drawn, Markup } from "./markup";

afterEach(() => printInto(() => undefined));

describe("markup", () => {
  it("is in a document once: its data says only where", () => {
    const page: string[] = [];
    printInto(() => page);
    const first = Markup({ as: "div", html: html`<p>${"Berlin & Bonn"}</p>` });
    const second = Drawn({ as: "nav", id: "side", children: <a href="/orgs">All</a> });
    expect(JSON.stringify([first.props, second.props])).not.toMatch(/Berlin|orgs/);
    expect(renderToStaticMarkup(<>{first}{second}</>)).toBe(
      `<div data-at="0"><p>Berlin &amp; Bonn</p></div><nav id="side" data-at="1"><a href="/orgs">All</a></nav>`,
    );
  });

  it("comes as data where no document is answered", () => {
    const drawn = Markup({ as: "div", html: html`<p>Bonn</p>` });
    expect(drawn.props).toMatchObject({ html: "<p>Bonn</p>" });
    expect(renderToStaticMarkup(drawn)).toBe("<div><p>Bonn</p></div>");
  });

  it("fails rather than leaves a gap when what was printed is gone", () => {
    printInto(() => []);
    const drawn = Markup({ as: "div", html: html`<p>Bonn</p>` });
    expect(() => renderToStaticMarkup(drawn)).toThrow("The markup of this document is gone");
  });
});

describe("elements as markup", () => {
  it("INP-2: any text in them is escaped as a template escapes it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const drawn = htmlOf(<p title={text} data-name={text}>{text}{[text, <b key="b">{text}</b>]}</p>).toString();
        expect(drawn).toBe(html`<p title="${text}" data-name="${text}">${text}${text}<b>${text}</b></p>`.toString());
      }),
    );
  });

  it("are written as React writes them", () => {
    const form = (
      <form action="/sites" className="search" role="search">
        <label htmlFor="a">Name</label>
        <input id="a" type="checkbox" defaultChecked defaultValue="x" disabled={false} aria-invalid={false} data-live="" maxLength={20} />
        <>
          {null}
          {0}
          {false}
        </>
        <Big text="Berlin" />
      </form>
    );
    const react = renderToStaticMarkup(form).replaceAll("/>", ">");
    const names = (markup: string) => markup.match(/[\w-]+="[^"]*"|<\/?\w+|>[^<]*/g)?.toSorted();
    expect(names(htmlOf(form).toString())).toEqual(names(react));
  });

  it("INP-2: a link in them leads to no script", () => {
    const address = ["javascript", "alert(1)"].join(":");
    expect(htmlOf(<a href={address}>Go</a>).toString()).toBe(`<a href="#">Go</a>`);
    expect(htmlOf(<form action="//evil.example" />).toString()).toBe(`<form action="#"></form>`);
  });

  it("refuse what does something by itself, and names that are not names", () => {
    const names = { id: "x", [`x" onload="alert(1)`]: "y" };
    expect(() => htmlOf(<button onClick={() => {}}>Go</button>)).toThrow("onClick cannot be drawn");
    expect(() => htmlOf(<p dangerouslySetInnerHTML={{ __html: "<b>" }} />)).toThrow("dangerouslySetInnerHTML cannot be drawn");
    expect(() => htmlOf(<p {...names} />)).toThrow("cannot be drawn");
    expect(() => htmlOf(Promise.resolve("later"))).toThrow("Only what is there already can be drawn");
  });
});

const Big = ({ text }: { text: string }) => <b>{text}</b>;
