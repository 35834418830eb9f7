import { redirect } from "next/navigation";
import { noticeOf, withNotice } from "@/lib/vocabulary/notices";
import { arrivalIn } from "@/lib/web/entrance";
import { standing } from "@/lib/web/session";

export default async function HomePage({ searchParams }: PageProps<"/">) {
  const { notice } = await searchParams;
  const here = await standing();
  const path = here ? arrivalIn(here, { path: null }) : "/sign-in";
  redirect(noticeOf(notice) ? withNotice(path, String(notice)) : path);
}
