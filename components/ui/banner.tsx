import type { ReactNode } from "react";
import { Icon } from "./icon";

type BannerProps = { kind?: "info" | "warn" | "bad"; action?: { label: string; href: string }; children: ReactNode };

/** What must be known on every page, with what to do about it. */
export function Banner({ kind = "info", action, children }: BannerProps) {
  return (
    <div className={`banner ${kind}`} role="status">
      <Icon name={kind === "info" ? "about" : "triangle-alert"} />
      <p>{children}</p>
      {action && (
        <a className="link" href={action.href}>
          {action.label}
        </a>
      )}
    </div>
  );
}
