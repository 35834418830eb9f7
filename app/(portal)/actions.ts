"use server";

import { chooseThemeFor, signOutOf } from "@/lib/web/person-action";

export const chooseTheme = chooseThemeFor;
export const signOut = signOutOf;
