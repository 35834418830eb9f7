import type { WindowsProps } from "../asked";

export function NotificationWindows({ asked: _ }: WindowsProps) {
  return null;
}
