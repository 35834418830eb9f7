import { RecentAuthDialog } from "@/app/(portal)/account/confirm/confirm";
import { formStack } from "@/components/ui/form-class";
import { can } from "@/lib/access/actor";
import { getDeletionImpact } from "@/lib/organization-deletion/queries";
import { deleteOrganizationAction } from "../actions";
import type { DialogProps } from "../dialogs";
import { DeleteOrganizationForm } from "./form";

/** Says what goes with the organization, in numbers, and asks for its name. */
export function DeleteOrganizationDialog({ actor, session, closeHref }: DialogProps) {
  if (!can(actor, "organization.delete")) return null;
  return (
    <RecentAuthDialog session={session} title="Delete Organization" next={`${closeHref}?dialog=delete-organization`} closeHref={closeHref}>
      <Consequences actor={actor} closeHref={closeHref} />
    </RecentAuthDialog>
  );
}

async function Consequences({ actor, closeHref }: Pick<DialogProps, "actor" | "closeHref">) {
  const { name, contents } = await getDeletionImpact(actor, {});
  return (
    <div className={formStack}>
      <p>{name} is deleted immediately, with:</p>
      <ul className="list-disc ps-5">
        {contents.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p>Its administrators lose access and are notified by email. Their accounts and other organizations aren’t affected. You can’t undo this.</p>
      <DeleteOrganizationForm name={name} action={deleteOrganizationAction.bind(null, actor.orgId)} closeHref={closeHref} />
    </div>
  );
}
