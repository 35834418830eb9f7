import type { QueryContext } from "@/lib/kernel/query";

export type OverviewContext = QueryContext & { now: Date; zone: string };

/** An entry of the audit log. */
export type RecentEntry = { cursor: string; at: Date; admin: string; siteName: string | null; message: string };

/** Entries per bar of a histogram, and the newest of them. */
export type Activity = { bounds: Date[]; counts: number[]; entries: RecentEntry[] };

/** Whether a first step is done, and the path where it is done if that depends on the organization. */
export type StepState = { done: boolean; path?: string };

/** What `overview.ts` of an area exports: how the cards and first steps of its manifest are read. */
export type OverviewParts = {
  cards?: Readonly<Record<string, (context: OverviewContext) => Promise<number | Activity>>>;
  firstSteps?: Readonly<Record<string, (context: OverviewContext) => Promise<StepState>>>;
};
