import type { WindowsProps } from "../asked";

export function PasskeyWindows({ asked: _ }: WindowsProps) {
  return null;
}
