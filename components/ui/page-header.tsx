import type { ReactNode } from "react";
import { DocumentTitle } from "./document-title";
import { AppLink } from "./link";

type PageHeaderProps = {
  title: string;
  /** The shown part of the subject, for the title of the document. */
  subject?: string;
  /** One line. */
  help?: string;
  /** The list this page belongs to. */
  parent?: { label: string; href: string };
  /** The actions, the primary one last. */
  children?: ReactNode;
};

/** The sticky header of a page: heading, document title and actions. */
export function PageHeader({ title, subject, help, parent, children }: PageHeaderProps) {
  const oneLine = children ? "max-sm:truncate" : "max-sm:whitespace-normal";
  return (
    <header className="sticky top-bar z-4 flex min-h-[68px] items-center gap-x-3 gap-y-2 bg-bg px-gutter pt-[18px] pb-3.5 max-sm:min-h-14 max-sm:flex-wrap max-sm:py-3 short:static print:static">
      <DocumentTitle parts={[subject, title, parent?.label]} />
      <h1
        className={`min-w-0 truncate text-xl font-heading tracking-heading max-sm:flex-[1_1_150px] ${oneLine}`}
        title={title.length > 32 ? title : undefined}
      >
        {parent && (
          <>
            <AppLink
              className="font-normal text-muted max-sm:block max-sm:text-sm max-sm:tracking-normal"
              href={parent.href}
            >
              {parent.label}
            </AppLink>{" "}
            <span className="font-normal text-muted max-sm:hidden" aria-hidden="true">
              /{" "}
            </span>
          </>
        )}
        {title}
      </h1>
      {help && <p className="min-w-0 flex-1 truncate text-muted max-sm:hidden">{help}</p>}
      {children && (
        <div className="ms-auto flex flex-none items-center justify-end gap-2 max-sm:flex-initial max-sm:flex-wrap print:hidden">{children}</div>
      )}
    </header>
  );
}
