import type { Present } from "@/lib/sessions/queries";

export async function SessionSection({ who: _ }: { who: Present }) {
  return null;
}
