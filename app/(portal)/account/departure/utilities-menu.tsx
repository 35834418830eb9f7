import { Menu } from "@/components/ui/menu";

/** What a person does to their account as a whole (ACC-29). */
export function UtilitiesMenu() {
  return (
    <Menu id="utilities-menu" label="Utilities" look="button" align="end">
      <a href="/account?window=organization">Create Organization</a>
      <a href="/account?window=export">Download my data</a>
      <hr />
      <a href="/account?window=delete">Delete Account</a>
    </Menu>
  );
}
