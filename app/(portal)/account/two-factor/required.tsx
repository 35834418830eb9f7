import { PageHeader } from "@/components/ui/page-header";
import type { WindowsProps } from "../asked";

export function RequiredTwoFactor({ asked: _ }: WindowsProps) {
  return <PageHeader title="My Account" />;
}
