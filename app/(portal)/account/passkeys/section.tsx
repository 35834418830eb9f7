import type { Present } from "@/lib/sessions/queries";

export async function PasskeySection({ who: _ }: { who: Present }) {
  return null;
}
