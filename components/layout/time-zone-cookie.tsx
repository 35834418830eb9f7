"use client";

import { useEffect } from "react";

/** Tells the server the time zone of this browser, in which it shows times to people who have chosen none. */
export function TimeZoneCookie() {
  useEffect(() => {
    document.cookie = `tz=${Intl.DateTimeFormat().resolvedOptions().timeZone}; path=/; max-age=31536000; samesite=lax`;
  }, []);
  return null;
}
