import type { ReactNode } from "react";
import { AppLink } from "./link";

type PageHeaderProps = {
  title: string;
  /** One line, no more. */
  help?: string;
  /** The list this page belongs to. */
  parent?: { label: string; href: string };
  /** At the right: the primary action last. */
  children?: ReactNode;
};

/** Where one is, and what can be done here; it stays while the page scrolls. */
export function PageHeader({ title, help, parent, children }: PageHeaderProps) {
  return (
    <div className="head">
      <h1 title={title.length > 32 ? title : undefined}>
        {parent && (
          <>
            <AppLink href={parent.href}>{parent.label}</AppLink> <span aria-hidden="true">/ </span>
          </>
        )}
        {title}
      </h1>
      {help && <p>{help}</p>}
      {children && <div className="actions">{children}</div>}
    </div>
  );
}
