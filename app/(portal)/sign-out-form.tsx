import { textLink } from "@/components/ui/text-link";
import { signOut } from "./actions";

/** The way out below a page that has no frame. */
export function SignOutForm() {
  return (
    <form className="text-center text-sm" action={signOut}>
      <button className={textLink}>Sign out</button>
    </form>
  );
}
