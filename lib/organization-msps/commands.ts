import "server-only";
import { eq } from "drizzle-orm";
import { organizationMsps } from "@/db/schema";
import { brand } from "@/lib/brand";
import { command } from "@/lib/kernel/command";
import { mspAdministratorEmails, organizationName } from "@/lib/organization-msps/internal";
import { organizationMsp } from "@/lib/organization-msps/queries";
import { AssignMsp, EndMsp } from "@/lib/organization-msps/schema";
import { AppError } from "@/lib/shared/app-error";

const mspLink = (mspId: string) => `${brand().url}/msp/${mspId}`;
const goneError = () => new AppError("conflict", "This has changed meanwhile. Open the page again");

/** Asks a Managed Service Provider to take the organization; one of its administrators accepts or declines. */
export const assignMsp = command({
  permission: "msp.assign",
  input: AssignMsp,
  async run({ tx, actor, record, mail }, { mspId }) {
    await tx.insert(organizationMsps).values({ mspId });
    const assigned = await organizationMsp(tx, actor.orgId);
    if (!assigned) throw goneError();
    await record("msp.requested", { subject: { id: mspId, label: assigned.mspName } });
    const props = { organization: await organizationName(tx, actor.orgId), msp: assigned.mspName, by: actor.name, link: mspLink(mspId) };
    for (const to of await mspAdministratorEmails(tx, mspId)) await mail({ template: "msp-requested", to, props });
    return assigned;
  },
});

/** Ends the assignment of the organization, or withdraws its request; says which it was. */
export const endMsp = command({
  permission: "msp.assign",
  input: EndMsp,
  async run({ tx, actor, record, mail }, { mspId }) {
    const organization = await organizationName(tx, actor.orgId);
    const assigned = await organizationMsp(tx, actor.orgId, "locked");
    if (assigned?.mspId !== mspId) throw goneError();
    const { mspName: msp, acceptedAt } = assigned;
    const recipients = await mspAdministratorEmails(tx, mspId);
    await tx.delete(organizationMsps).where(eq(organizationMsps.organizationId, actor.orgId));
    await record(acceptedAt ? "msp.ended" : "msp.withdrawn", { subject: { id: mspId, label: msp } });
    const props = { organization, msp, by: actor.name, link: mspLink(mspId) };
    for (const to of recipients) {
      if (acceptedAt) await mail({ template: "msp-ended", to, props: { ...props, at: new Date().toISOString() } });
      else await mail({ template: "msp-withdrawn", to, props });
    }
    return assigned;
  },
});
