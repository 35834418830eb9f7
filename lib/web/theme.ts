import "server-only";
import { cookies } from "next/headers";
import { type Theme, themeOf } from "@/lib/shared/theme";

/** The theme chosen in this browser. */
export const currentTheme = async (): Promise<Theme> => themeOf((await cookies()).get("__Host-signalbox.theme")?.value);
