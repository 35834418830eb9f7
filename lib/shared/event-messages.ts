import type { EventName } from "./events.ts";
import { fieldsText } from "./field-labels.ts";
import { mergedPart } from "./registry.ts";

/** What an event is about, with its name at the time of the event. */
export type EventSubject = { id: string; label: string };

const messages = mergedPart("events");

const escapePattern = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

/** Returns the name of the subject in a message of an event, without the email address behind it; nothing where the message names none. */
export function messageSubject(name: string, message: string): string | undefined {
  const known = Object.hasOwn(messages, name) ? messages[name as EventName] : "";
  const [before = "", after] = (typeof known === "string" ? known : known.text).split("{subject}");
  if (after === undefined) return undefined;
  const start = before.split("{fields}").map((part) => escapePattern(part)).join(".+?");
  const [, subject] = new RegExp(`^${start}(.+)${escapePattern(after)}$`, "u").exec(message) ?? [];
  return subject?.replace(/ \([^()\s]+@[^()\s]+\)$/u, "");
}

/** Returns the one-line message of an event with the fields that it changed; an unknown event of a newer release shows its name. */
export function eventMessage(name: EventName, subject: string, note = "", fields: readonly string[] = []): string {
  const message = Object.hasOwn(messages, name) ? messages[name] : name;
  const { text, noteSeparator } = typeof message === "string" ? { text: message, noteSeparator: " " } : message;
  const line = text.replace("{fields}", () => fieldsText(fields)).replace("{subject}", () => subject) + (note && `${noteSeparator}${note}`);
  return line.replaceAll(/\p{Cc}+/gu, " ").slice(0, 500);
}
