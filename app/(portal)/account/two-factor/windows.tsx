import type { WindowsProps } from "../asked";

export function TwoFactorWindows({ asked: _ }: WindowsProps) {
  return null;
}
