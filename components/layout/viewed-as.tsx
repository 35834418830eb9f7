import { SubmitButton } from "@/components/form";
import { ButtonForm } from "@/components/form/button-form";
import { IconPath } from "@/components/ui/icon-path";
import { eye } from "@/components/ui/icons";
import type { FormAction } from "@/lib/shared/form-state";

/** Says at the bottom of every page as whom the organization is viewed, with the way back. */
export function ViewedAs({ name, exit }: { name: string; exit: FormAction }) {
  return (
    <aside className="sticky bottom-0 z-5 order-1 flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-warn-soft px-gutter py-2 text-warn" aria-label="Viewing as">
      <IconPath d={eye} />
      <p className="min-w-0 flex-1 wrap-anywhere">
        Viewing as <b>{name}</b>. Nothing can be changed.
      </p>
      <ButtonForm action={exit}>
        <SubmitButton variant="plain">Exit view</SubmitButton>
      </ButtonForm>
    </aside>
  );
}
