import { AppError } from "@/lib/shared/app-error";

const listFormat = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** The error when the account is the only Super User of organizations. */
export const soleSuperUserError = (organizations: readonly { name: string }[]) =>
  new AppError(
    "conflict",
    `You are the only Super User of ${listFormat.format(organizations.map(({ name }) => name))}. Make somebody else Super User there first`,
  );
