import "server-only";
import { asc, eq } from "drizzle-orm";
import { auditActors, linkedAccounts } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { canRevoke, isApplicationConfigured } from "@/lib/integrations/applications";
import { query } from "@/lib/kernel/query";
import { GetLinkedAccount, ListLinkedAccounts } from "@/lib/linked-accounts/schema";
import { notFoundError } from "@/lib/shared/app-error";
import { applicationNames } from "@/lib/shared/applications";

const maxShown = 200;

const columns = {
  id: linkedAccounts.id,
  application: linkedAccounts.application,
  name: linkedAccounts.name,
  applicationAccountId: linkedAccounts.applicationAccountId,
  linkedAt: linkedAccounts.linkedAt,
  linkedBy: auditActors.name,
  failedAt: linkedAccounts.failedAt,
};

const selectAccounts = (tx: Tx) => tx.select(columns).from(linkedAccounts).leftJoin(auditActors, eq(auditActors.actorId, linkedAccounts.linkedById));

/** The applications, whether the operator has configured them, and the accounts that the organization has linked. */
export const listApplications = query({
  permission: "settings.read",
  input: ListLinkedAccounts,
  async run({ tx }) {
    const rows = await selectAccounts(tx).orderBy(asc(linkedAccounts.linkedAt), asc(linkedAccounts.id)).limit(maxShown);
    return applicationNames.map((name) => ({
      name,
      isConfigured: isApplicationConfigured(name),
      accounts: rows.filter(({ application }) => application === name),
    }));
  },
});

/** One linked account, and what can be done about it. */
export const getLinkedAccount = query({
  permission: "settings.read",
  input: GetLinkedAccount,
  async run({ tx }, { linkedAccountId: id }) {
    const [account] = await selectAccounts(tx).where(eq(linkedAccounts.id, id));
    if (!account) throw notFoundError("Linked account");
    return { ...account, isConfigured: isApplicationConfigured(account.application), canRevoke: canRevoke(account.application) };
  },
});

export type ApplicationStatus = Awaited<ReturnType<typeof listApplications>>[number];
