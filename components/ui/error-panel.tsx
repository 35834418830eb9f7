import type { ReactNode } from "react";
import { IconPath } from "./icon-path";
import { triangleAlert } from "./icons";

type ErrorPanelProps = { title: string; errorId?: string; retry?: () => void; retryHref?: string; children?: ReactNode };

/** What happened, a way to try again, and the id under which it is in the log. */
export function ErrorPanel({ title, errorId, retry, retryHref, children }: ErrorPanelProps) {
  return (
    <div className="card empty" role="alert">
      <IconPath d={triangleAlert} />
      <h2>{title}</h2>
      {children}
      {retry && (
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
      )}
      {!retry && retryHref !== undefined && (
        <a className="button" href={retryHref}>
          Try again
        </a>
      )}
      {errorId && (
        <p>
          Error id <code>{errorId}</code>
        </p>
      )}
    </div>
  );
}
