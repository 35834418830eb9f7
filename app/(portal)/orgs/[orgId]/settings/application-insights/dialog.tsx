import { Dialog } from "@/components/ui/dialog";
import { isApplicationConfigured } from "@/lib/integrations/applications";
import { type ApplicationName, applications } from "@/lib/shared/applications";
import type { DialogProps } from "../dialogs";
import { startAccountLinkAction } from "./actions";
import { LinkForm } from "./link-form";

const isApplication = (name: unknown): name is ApplicationName => typeof name === "string" && Object.hasOwn(applications, name);

export function LinkAccountDialog({ actor, updates, query: { application }, closeHref }: DialogProps) {
  if (!updates || !isApplication(application) || !isApplicationConfigured(application)) return null;
  const label = applications[application];
  const back = `${closeHref}#application-insights`;
  return (
    <Dialog title={`Link a ${label} account`} closeHref={back}>
      <LinkForm application={application} label={label} action={startAccountLinkAction.bind(null, actor.orgId)} closeHref={back} />
    </Dialog>
  );
}
