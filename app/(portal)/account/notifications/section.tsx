import type { Present } from "@/lib/sessions/queries";

export async function NotificationSection({ who: _ }: { who: Present }) {
  return null;
}
