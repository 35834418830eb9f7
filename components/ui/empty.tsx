import type { ReactNode } from "react";
import { IconPath } from "./icon-path";
import { inbox } from "./icons";

type EmptyProps = { title: string; icon?: string; role?: "alert"; children?: ReactNode };

/** An empty state: title, explanation and next step. */
export function Empty({ title, icon = inbox, role, children }: EmptyProps) {
  return (
    <div
      className="mx-gutter grid justify-items-center gap-1.5 rounded-lg border border-line bg-surface px-6 py-12 text-center text-muted in-data-sections:mx-0 [&>p]:mb-2 [&>p]:max-w-[52ch] [&>svg]:size-6"
      role={role}
    >
      <IconPath d={icon} />
      <h2 className="text-lg font-semibold text-body">{title}</h2>
      {children}
    </div>
  );
}
