import type { WindowsProps } from "../asked";

export function DepartureWindows({ asked: _ }: WindowsProps) {
  return null;
}
