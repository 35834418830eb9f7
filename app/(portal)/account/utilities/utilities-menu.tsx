import { AppLink } from "@/components/ui/link";
import { Menu } from "@/components/ui/menu";

/** Menu of actions on the whole account. */
export function UtilitiesMenu() {
  return (
    <Menu id="utilities-menu" label="Utilities" variant="button" align="end">
      <AppLink href="/account?dialog=organization">Create Organization</AppLink>
      <AppLink href="/account?dialog=export">Download my data</AppLink>
      <hr />
      <AppLink href="/account?dialog=delete">Delete Account</AppLink>
    </Menu>
  );
}
