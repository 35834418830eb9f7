import type { Profile } from "@/lib/profiles/queries";
import type { WindowsProps } from "../asked";

export function ProfileWindows({ asked: _ }: WindowsProps & { profile: Profile }) {
  return null;
}
