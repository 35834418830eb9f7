import type { ReactNode } from "react";
import { SectionContents, type SectionLink } from "./section-contents";

type SectionsProps = {
  /** Titles of the sections by id, for the table of contents on wide screens. */
  contents?: readonly SectionLink[];
  children: ReactNode;
};

const withContents = "grid-cols-[minmax(0,1fr)_200px] max-[999px]:grid-cols-[minmax(0,1fr)]";

/** The body of a page that consists of sections. */
export function Sections({ contents, children }: SectionsProps) {
  return (
    <div className={`group/sections grid gap-x-7 gap-y-3 px-gutter pb-10 ${contents ? withContents : "grid-cols-[minmax(0,1fr)]"}`} data-sections={contents ? "contents" : ""}>
      <div className="grid content-start grid-cols-[minmax(0,1fr)] gap-3">{children}</div>
      {contents && <SectionContents contents={contents} />}
    </div>
  );
}

type SectionProps = { title: string; description?: ReactNode; id?: string; children: ReactNode };

/** A card: title and description at the left, content at the right. */
export function Section({ title, description, id, children }: SectionProps) {
  return (
    <section
      className="group grid scroll-mt-[calc(var(--bar-height)+80px)] grid-cols-[220px_minmax(0,1fr)] gap-7 rounded-lg border border-line bg-surface px-6 py-5 data-changed:border-accent max-lg:grid-cols-[minmax(0,1fr)] max-lg:gap-3 max-[1239px]:group-data-[sections=contents]/sections:grid-cols-[minmax(0,1fr)] max-[1239px]:group-data-[sections=contents]/sections:gap-3 max-sm:p-4"
      id={id}
      aria-label={title}
    >
      <div>
        <h2 className="font-semibold group-data-changed:after:font-normal group-data-changed:after:text-accent group-data-changed:after:content-['_·_changed']">{title}</h2>
        {description && <p className="mt-1 text-sm text-muted">{description}</p>}
      </div>
      <div className="grid max-w-[560px] grid-cols-[minmax(0,1fr)] content-start gap-4">{children}</div>
    </section>
  );
}
