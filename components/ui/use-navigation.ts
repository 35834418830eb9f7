"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";

/** Navigates from code, where there is no link to click, and says whether the next page is awaited. */
export function useNavigation() {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const push = (href: string, options?: { scroll: boolean }) => startTransition(() => router.push(href, options));
  return { pending, push };
}
