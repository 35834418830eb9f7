"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether the script of the page runs; false while it is rendered on the server and hydrated. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
