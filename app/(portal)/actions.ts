"use server";

import { browserAction, endBrowserSession, storeTheme } from "@/lib/web/browser-action";

export const chooseThemeAction = browserAction(storeTheme);
export const signOutAction = browserAction(endBrowserSession);
