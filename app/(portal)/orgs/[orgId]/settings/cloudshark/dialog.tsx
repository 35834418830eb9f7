import { Dialog } from "@/components/ui/dialog";
import { getSettings } from "@/lib/settings/queries";
import { textAt } from "@/lib/shared/settings/document";
import type { DialogProps } from "../dialogs";
import { testCloudSharkAction } from "./actions";
import { TestForm } from "./test-form";

export async function TestCloudSharkDialog({ actor, updates, closeHref }: DialogProps) {
  if (!updates) return null;
  const { document, secrets } = await getSettings(actor, {});
  const back = `${closeHref}#cloudshark`;
  return (
    <Dialog title="Test the CloudShark connection" closeHref={back}>
      <TestForm
        url={textAt(document, "cloudshark.url")}
        isSet={secrets.some(({ name }) => name === "cloudshark.apitoken")}
        action={testCloudSharkAction.bind(null, actor.orgId)}
        closeHref={back}
      />
    </Dialog>
  );
}
