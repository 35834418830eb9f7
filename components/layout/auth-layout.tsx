import type { ReactNode } from "react";
import { TabTitle } from "@/components/ui/tab-title";
import { Brand } from "./brand";
import { Enhance } from "./enhance";

type AuthLayoutProps = {
  product: string;
  title: string;
  subtitle?: string;
  /** What the page is about, where its title alone is that of another page too. */
  about?: string;
  children: ReactNode;
};

/** The two columns of every page before sign-in: what to do, and the tracks. */
export function AuthLayout({ product, title, subtitle, about, children }: AuthLayoutProps) {
  return (
    <div className="door">
      <TabTitle parts={[title, about, title.endsWith(product) ? undefined : product]} />
      <main>
        <Brand product={product} href="/" />
        <div>
          <h1>{title}</h1>
          {subtitle && <p>{subtitle}</p>}
        </div>
        {children}
      </main>
      <div className="panel">
        <Tracks />
      </div>
      <Enhance />
    </div>
  );
}

const signals: readonly [number, number, "green" | "red"][] = [
  [120, 120, "red"],
  [120, 210, "green"],
  [120, 300, "green"],
  [450, 120, "green"],
  [450, 210, "red"],
  [450, 300, "green"],
];

function Tracks() {
  return (
    <svg viewBox="0 0 520 420" fill="none" stroke="var(--line-strong)" strokeWidth="3" aria-hidden="true">
      <path d="M20 120H200C250 120 250 210 300 210H500M20 210H500M20 300H180C230 300 240 210 290 210M330 210C380 210 390 300 440 300H500" />
      <path d="M330 210C380 210 380 120 430 120H500" stroke="var(--accent)" />
      {signals.map(([x, y, colour]) => (
        <circle key={`${x}-${y}`} cx={x} cy={y} r="8" fill={`var(--signal-${colour})`} stroke="none" />
      ))}
    </svg>
  );
}
