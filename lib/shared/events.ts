import { type KeyOf, mergedPart } from "./registry.ts";

export type EventName = KeyOf<"events">;

export const eventNames = Object.keys(mergedPart("events")) as EventName[];
