import type { WindowsProps } from "../asked";

export function GoogleWindows({ asked: _ }: WindowsProps) {
  return null;
}
