import { Fault } from "@/lib/vocabulary/fault";

const lists = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** The error when the account is the only Super User of organizations. */
export const ledAlone = (organizations: readonly { name: string }[]) =>
  new Fault(
    "conflict",
    `You are the only Super User of ${lists.format(organizations.map(({ name }) => name))}. Make somebody else Super User there first`,
  );
