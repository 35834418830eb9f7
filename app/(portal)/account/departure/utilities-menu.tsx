import { Menu } from "@/components/ui/menu";

/** What a person does to their account as a whole (ACC-29). */
export function UtilitiesMenu() {
  return (
    <Menu id="utilities-menu" label="Utilities" variant="button" align="end">
      <a href="/account?dialog=organization">Create Organization</a>
      <a href="/account?dialog=export">Download my data</a>
      <hr />
      <a href="/account?dialog=delete">Delete Account</a>
    </Menu>
  );
}
