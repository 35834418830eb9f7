import { redirect } from "next/navigation";
import { arrivalIn } from "@/lib/web/entrance";
import { standing } from "@/lib/web/session";

export default async function HomePage() {
  const here = await standing();
  redirect(here ? arrivalIn(here, { path: null }) : "/sign-in");
}
