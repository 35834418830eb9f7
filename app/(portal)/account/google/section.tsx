import type { Present } from "@/lib/sessions/queries";

export async function GoogleSection({ who: _ }: { who: Present }) {
  return null;
}
