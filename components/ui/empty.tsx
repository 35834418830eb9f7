import type { ReactNode } from "react";
import { IconPath } from "./icon-path";
import { inbox } from "./icons";

/** What this is, why it is empty, the one next step. */
export function Empty({ title, icon = inbox, children }: { title: string; icon?: string; children?: ReactNode }) {
  return (
    <div className="card empty">
      <IconPath d={icon} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}
