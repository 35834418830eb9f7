import type { ReactNode } from "react";
import { buttonClass } from "./button";
import { Empty } from "./empty";
import { triangleAlert } from "./icons";

type ErrorPanelProps = { title: string; errorId?: string; retry?: () => void; children?: ReactNode };

/** An error with a retry button and the error id of the log. */
export function ErrorPanel({ title, errorId, retry, children }: ErrorPanelProps) {
  return (
    <Empty title={title} icon={triangleAlert} role="alert">
      {children}
      {retry && (
        <button type="button" className={buttonClass()} onClick={retry}>
          Try again
        </button>
      )}
      {errorId && (
        <p>
          Error ID <code>{errorId}</code>
        </p>
      )}
    </Empty>
  );
}
