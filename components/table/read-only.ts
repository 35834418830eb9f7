"use client";

import { createContext } from "react";

/** Whether the organization is only viewed, so that lists offer nothing that writes: no saved views, and no downloads, which are recorded. */
export const ReadOnlyContext = createContext(false);
