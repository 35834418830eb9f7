import * as z from "zod/mini";

const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;
const longestName = 120;
const longestSubject = 180;

const oneLine = (text: string) => text.toWellFormed().replaceAll(unprintable, " ").replaceAll(/\s+/gu, " ").trim();

/** Cuts by whole characters, so that no half of one is left. */
function shortened(text: string, longest: number): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : text;
}

/** A zero-width break keeps mail clients from making a link of what somebody chose as a name. */
const unlinked = (text: string) => text.replaceAll(/(:(?=\/\/)|\.(?=\p{L}))/gu, "$1\u200b");

/** A name that people chose, fit to stand in a mail that we send: one line, no link, of bounded length. */
export const Name = z.pipe(
  z.string(),
  z.transform((text) => unlinked(shortened(oneLine(text), longestName)) || "(no name)"),
);

/** A sentence of ours, or an address that was checked before. */
export const Words = z.pipe(
  z.string(),
  z.transform((text) => shortened(oneLine(text), 500)),
);

/** A sentence of ours with names in it that people chose: nothing in it becomes a link. */
export const Telling = z.pipe(
  z.string(),
  z.transform((text) => unlinked(shortened(oneLine(text), 500))),
);

export const Link = z.url({ protocol: /^https?$/, normalize: true });

export const Moment = z.pipe(
  z.union([z.iso.datetime({ offset: true }), z.date()]),
  z.transform((value) => new Date(value).toISOString()),
);

/** A subject of one line, whatever the names in it contain. */
export const subjectLine = (text: string): string => shortened(oneLine(text), longestSubject);

const long = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone: "UTC" });

/** A moment as people read it, in the one time zone all recipients share. */
export const inWords = (moment: string): string => `${long.format(new Date(moment))} UTC`;
