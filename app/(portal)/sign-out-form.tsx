import { ButtonForm } from "@/components/form/button-form";
import { textLink } from "@/components/ui/text-link";
import { signOutAction } from "./actions";

/** The way out below a page that has no frame. */
export function SignOutForm() {
  return (
    <ButtonForm className="text-center text-sm" action={signOutAction}>
      <button className={textLink}>Sign out</button>
    </ButtonForm>
  );
}
