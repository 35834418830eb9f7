import type { ReactNode } from "react";
import { DocumentTitle } from "@/components/ui/document-title";
import { Brand } from "./brand";
import { TimeZoneCookie } from "./time-zone-cookie";

type AuthLayoutProps = {
  product: string;
  title: string;
  subtitle?: string;
  /** The subject of the page, when its title alone is not unique. */
  about?: string;
  children: ReactNode;
};

/** The layout of pages before sign-in: a form and an illustration. */
export function AuthLayout({ product, title, subtitle, about, children }: AuthLayoutProps) {
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)] max-sm:grid-cols-[minmax(0,1fr)]">
      <DocumentTitle parts={[title, about, title.endsWith(product) ? undefined : product]} />
      <main className="grid w-[min(340px,calc(100%-48px))] grid-cols-[minmax(0,1fr)] gap-4 place-self-center py-10 wrap-anywhere [--button-height:36px] [--button-width:100%] [--input-height:36px]">
        <Brand product={product} href="/" />
        <div>
          <h1 className="text-xl font-heading tracking-heading text-balance">{title}</h1>
          {subtitle && <p className="mt-1 text-muted">{subtitle}</p>}
        </div>
        {children}
      </main>
      <div className="grid place-items-center border-s border-line bg-sunken max-sm:hidden">
        <Tracks />
      </div>
      <TimeZoneCookie />
    </div>
  );
}

/** A line below the form. */
export function AuthFooter({ children }: { children: ReactNode }) {
  return <p className="text-center text-sm text-muted">{children}</p>;
}

const signals: readonly [number, number, string][] = [
  [120, 120, "var(--color-signal-red)"],
  [120, 210, "var(--color-signal-green)"],
  [120, 300, "var(--color-signal-green)"],
  [450, 120, "var(--color-signal-green)"],
  [450, 210, "var(--color-signal-red)"],
  [450, 300, "var(--color-signal-green)"],
];

function Tracks() {
  return (
    <svg className="h-auto w-[78%]" viewBox="0 0 520 420" fill="none" stroke="var(--color-line-strong)" strokeWidth="3" aria-hidden="true">
      <path d="M20 120H200C250 120 250 210 300 210H500M20 210H500M20 300H180C230 300 240 210 290 210M330 210C380 210 390 300 440 300H500" />
      <path d="M330 210C380 210 380 120 430 120H500" stroke="var(--color-accent)" />
      {signals.map(([x, y, colour]) => (
        <circle key={`${x}-${y}`} cx={x} cy={y} r="8" fill={colour} stroke="none" />
      ))}
    </svg>
  );
}
