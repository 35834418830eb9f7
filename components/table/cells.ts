import { type MomentOptions, momentText, momentTitle } from "@/components/ui/moment";
import type { TagKind } from "@/components/ui/tag";
import { type Html, html, hrefOf } from "@/components/ui/html";



/** The few things a cell is made of besides plain text. */
export const cells = {
  link: (href: string, text: string): Html =>
    html`<a href="${hrefOf(href)}"${text.length > 40 ? html` title="${text}"` : null}>${text}</a>`,
  time: (at: Date, options: MomentOptions = {}): Html =>
    html`<time datetime="${at.toISOString()}" title="${momentTitle(at, options)}">${momentText(at, options)}</time>`,
  tag: (kind: TagKind, text: string): Html => html`<i class="tag ${kind}">${text}</i>`,
  mono: (text: string): Html => html`<code>${text}</code>`,
  muted: (text: string): Html => html`<small>${text}</small>`,
  /** A value that its heading explains, and on a phone, where there are no headings, a word before it. */
  said: (word: string, value: string | Html): Html => html`<small class="said">${word} </small>${value}`,
  lines: (first: string | Html, second: string | Html): Html => html`${first}<small class="under">${second}</small>`,
};
