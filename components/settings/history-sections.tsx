import type { ComponentProps, ReactNode } from "react";
import { Empty } from "@/components/ui/empty";
import { history } from "@/components/ui/icons";
import { Section, Sections } from "@/components/ui/section";
import { HistoryPoints } from "./history-points";

type HistorySectionsProps = ComponentProps<typeof HistoryPoints> & {
  hasChanges: boolean;
  reachDays: number;
  /** Whose history it is: "the settings". */
  what: string;
  /** The differences between the two points that are chosen. */
  children: ReactNode;
};

/** The body of a history: its points and what differs between two of them, or that nothing has changed. */
export function HistorySections({ hasChanges, reachDays, what, children, ...points }: HistorySectionsProps) {
  return (
    <Sections>
      {hasChanges ? (
        <>
          <Section title="Compare" description={`Choose two points. The history reaches back ${reachDays} days.`}>
            <HistoryPoints {...points} />
          </Section>
          <Section title="Differences" description="Secrets are never kept in the history, so they can’t be compared or restored.">
            {children}
          </Section>
        </>
      ) : (
        <Empty title="No changes yet" icon={history}>
          <p>When somebody changes {what}, you can compare them here with what they were for {reachDays} days, and restore them.</p>
        </Empty>
      )}
    </Sections>
  );
}
