import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { currentTheme } from "@/lib/web/theme";
import "./globals.css";

export const metadata: Metadata = { robots: { index: false, follow: false } };

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function Layout({ children }: { children: ReactNode }) {
  const theme = await currentTheme();
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme}>
      <body>{children}</body>
    </html>
  );
}
