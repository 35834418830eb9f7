import { Dialog } from "@/components/ui/dialog";
import { type Actor, can } from "@/lib/access/actor";
import type { FormAction } from "@/lib/shared/form-state";
import { CloneTemplateForm, DeleteTemplateForm } from "./dialog-forms";
import type { TemplateList } from "./kinds";

type TemplateDialogsProps = {
  actor: Actor;
  list: TemplateList;
  template: { id: string; name: string };
  /** What uses it, as a sentence. */
  use: string;
  /** The label of the choice that takes it from what uses it, where something does. */
  unassign?: string;
  dialog: string | string[] | undefined;
  closeHref: string;
  clone: FormAction;
  remove: FormAction;
};

/** The dialogs of a template: its clone and its deletion. */
export function TemplateDialogs({ actor, list, template: { id, name }, use, unassign, dialog, closeHref, clone, remove }: TemplateDialogsProps) {
  if (!can(actor, "template.update")) return null;
  if (dialog === "clone") {
    return (
      <Dialog title={`Clone ${name}`} closeHref={closeHref}>
        <CloneTemplateForm list={list} templateId={id} action={clone} closeHref={closeHref} />
      </Dialog>
    );
  }
  if (dialog === "delete") {
    return (
      <Dialog title={`Delete ${name}?`} closeHref={closeHref}>
        <DeleteTemplateForm list={list} templateId={id} use={use} unassign={unassign} action={remove} closeHref={closeHref} />
      </Dialog>
    );
  }
  return null;
}
