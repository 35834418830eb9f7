import "server-only";
import { eq, sql } from "drizzle-orm";
import { organizationMsps, organizations } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { brand } from "@/lib/brand";
import { accountCommand } from "@/lib/kernel/account-command";
import { organizationContacts } from "@/lib/msps/internal";
import { enterMsp } from "@/lib/msps/queries";
import { AnswerMspRequest, EndMspOrganization } from "@/lib/msps/schema";
import { AppError, notFoundError } from "@/lib/shared/app-error";
import { fullName } from "@/lib/shared/person-name";

const settingsLink = (orgId: string) => `${brand().url}/orgs/${orgId}/settings`;
const goneError = () => new AppError("conflict", "This has changed meanwhile. Open the page again");

type OfOrganization = { mspId: string; organization: string };

/** Enters the provider and locks the organization and then its assignment, so that either side finds what the other has done. */
async function lockAssignment(tx: Tx, accountId: string, { mspId, organization: orgId }: OfOrganization) {
  const msp = await enterMsp(tx, accountId, mspId);
  const recipients = await organizationContacts(tx, orgId);
  const [assigned] = await tx
    .select({ name: organizations.name, acceptedAt: organizationMsps.acceptedAt })
    .from(organizationMsps)
    .innerJoin(organizations, eq(organizations.id, organizationMsps.organizationId))
    .where(ofOrganization(orgId))
    .for("update", { of: organizationMsps });
  if (!assigned) throw notFoundError("Organization");
  return { ...assigned, msp, recipients, subject: { id: msp.id, label: msp.name } };
}

const ofOrganization = (orgId: string) => eq(organizationMsps.organizationId, orgId);

/** Accepts the request of an organization, as an administrator of the provider. */
export const acceptMspRequest = accountCommand({
  input: AnswerMspRequest,
  async run({ tx, self: { account }, recordInOrg, mail }, input) {
    const { msp, subject, name, acceptedAt, recipients } = await lockAssignment(tx, account.id, input);
    if (acceptedAt) throw goneError();
    await tx.update(organizationMsps).set({ acceptedAt: sql`now()` }).where(ofOrganization(input.organization));
    await recordInOrg(input.organization, "msp.accepted", { subject });
    const props = { organization: name, msp: msp.name, by: fullName(account), link: settingsLink(input.organization) };
    for (const to of recipients) await mail({ template: "msp-accepted", to, props });
    return { name };
  },
});

/** Declines the request of an organization, as an administrator of the provider. */
export const declineMspRequest = accountCommand({
  input: AnswerMspRequest,
  async run({ tx, self: { account }, recordInOrg, mail }, input) {
    const { msp, subject, name, acceptedAt, recipients } = await lockAssignment(tx, account.id, input);
    if (acceptedAt) throw goneError();
    // Row security lets the provider write the entry only while the organization is assigned to it.
    await recordInOrg(input.organization, "msp.declined", { subject });
    await tx.delete(organizationMsps).where(ofOrganization(input.organization));
    const props = { organization: name, msp: msp.name, by: fullName(account), link: settingsLink(input.organization) };
    for (const to of recipients) await mail({ template: "msp-declined", to, props });
    return { name };
  },
});

/** Ends the assignment of an organization, as an administrator of the provider. */
export const endMspOrganization = accountCommand({
  input: EndMspOrganization,
  async run({ tx, self: { account }, recordInOrg, mail }, input) {
    const { msp, subject, name, acceptedAt, recipients } = await lockAssignment(tx, account.id, input);
    if (!acceptedAt) throw goneError();
    await recordInOrg(input.organization, "msp.ended", { subject });
    await tx.delete(organizationMsps).where(ofOrganization(input.organization));
    const props = { organization: name, msp: msp.name, by: fullName(account), at: new Date().toISOString(), link: settingsLink(input.organization) };
    for (const to of recipients) await mail({ template: "msp-ended", to, props });
    return { name };
  },
});
