import type { ReactNode } from "react";

type SectionsProps = {
  /** Beside the sections, where there is room: their titles by their ids. */
  contents?: readonly { id: string; title: string }[];
  children: ReactNode;
};

/** The body of a page that is not a list: sections below each other. */
export function Sections({ contents, children }: SectionsProps) {
  return (
    <div className="settings">
      <div>{children}</div>
      {contents && (
        <nav className="toc" aria-label="On this page">
          {contents.map(({ id, title }) => (
            <a key={id} href={`#${id}`}>
              {title}
            </a>
          ))}
        </nav>
      )}
    </div>
  );
}

type SectionProps = { title: string; description?: ReactNode; id?: string; children: ReactNode };

/** A card: what it is about at the left, the fields at the right. */
export function Section({ title, description, id, children }: SectionProps) {
  return (
    <section className="card section" id={id} aria-label={title}>
      <div>
        <h2>{title}</h2>
        {description && <p>{description}</p>}
      </div>
      <div className="fields">{children}</div>
    </section>
  );
}
