import type { WindowsProps } from "../asked";

export function SessionWindows({ asked: _ }: WindowsProps) {
  return null;
}
