import { ButtonForm } from "@/components/form/button-form";
import { textLink } from "@/components/ui/text-link";
import { signOutAction } from "./actions";

/** Sign-out button for pages without the frame. */
export function SignOutForm() {
  return (
    <ButtonForm className="text-center text-sm" action={signOutAction}>
      <button className={textLink}>Sign out</button>
    </ButtonForm>
  );
}
