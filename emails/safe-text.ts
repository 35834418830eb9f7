import * as z from "zod/mini";

const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;
const maxNameLength = 120;
const maxSubjectLength = 180;

const singleLine = (text: string) => text.toWellFormed().replaceAll(unprintable, " ").replaceAll(/\s+/gu, " ").trim();

// Cuts by code points, so that no surrogate pair is split.
function truncate(text: string, maxLength: number): string {
  const characters = [...text];
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join("")}…` : text;
}

// A zero-width space keeps mail clients from turning names into links.
const preventLinks = (text: string) => text.replaceAll(/(:(?=\/\/)|\.(?=\p{L}))/gu, "$1\u200b");

/** A name entered by a user, on one line, without links and limited in length. */
export const SafeName = z.pipe(
  z.string(),
  z.transform((text) => preventLinks(truncate(singleLine(text), maxNameLength)) || "(no name)"),
);

/** Text of the application or a validated email address. */
export const TrustedText = z.pipe(
  z.string(),
  z.transform((text) => truncate(singleLine(text), 500)),
);

/** Text of the application that contains names entered by users; nothing in it becomes a link. */
export const SafeText = z.pipe(
  z.string(),
  z.transform((text) => preventLinks(truncate(singleLine(text), 500))),
);

export const LinkUrl = z.url({ protocol: /^https?$/, normalize: true });

export const Timestamp = z.pipe(
  z.union([z.iso.datetime({ offset: true }), z.date()]),
  z.transform((value) => new Date(value).toISOString()),
);

/** Returns a subject on one line, limited in length. */
export const subjectLine = (text: string): string => truncate(singleLine(text), maxSubjectLength);

const timestampFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone: "UTC" });

/** Formats a timestamp in UTC for an email. */
export const formatTimestamp = (moment: string): string => `${timestampFormat.format(new Date(moment))} UTC`;
