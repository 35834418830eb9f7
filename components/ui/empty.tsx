import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

/** What this is, why it is empty, the one next step. */
export function Empty({ title, icon = "inbox", children }: { title: string; icon?: IconName; children?: ReactNode }) {
  return (
    <div className="card empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}
