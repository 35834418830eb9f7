"use client";

import { useEffect } from "react";

/** Stores the browser's time zone in a cookie, for people who have chosen none. */
export function TimeZoneCookie() {
  useEffect(() => {
    document.cookie = `tz=${Intl.DateTimeFormat().resolvedOptions().timeZone}; path=/; max-age=31536000; samesite=lax`;
  }, []);
  return null;
}
