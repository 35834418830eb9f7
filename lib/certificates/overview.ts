import "server-only";
import { authorityOf } from "@/lib/certificates/queries";
import { deviceCertificate, radsecCertificates, validity } from "@/lib/certificates/rules";
import type { OverviewParts } from "@/lib/overview/rules";
import { settingsOf } from "@/lib/settings/internal";

export const overview = {
  cards: {
    "certificates-to-renew": async ({ tx, actor, now }) => {
      const { document } = await settingsOf(tx, actor.orgId);
      const { current } = await authorityOf(tx, now);
      const all = [current, deviceCertificate(document), ...radsecCertificates(document)];
      return all.filter((one) => one && ["ends soon", "expired"].includes(validity(one, now))).length;
    },
  },
} satisfies OverviewParts;
