"use client";

import { useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { buttonClass, buttonRow } from "@/components/ui/button";
import { dialogPanel } from "@/components/ui/dialog";
import { selectClass, smallText } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { x } from "@/components/ui/icons";
import type { ModelChoice } from "@/lib/firmware/rules";
import type { CustomVersions } from "@/lib/shared/version-lines";

type VersionDialogProps = {
  models: readonly ModelChoice[];
  chosen: CustomVersions;
  choose: (versions: CustomVersions) => void;
  close: () => void;
};

/** The dialog that selects a firmware version per model; it stands outside of the form, whose field takes the choice over. */
export function VersionDialog({ models, chosen, choose, close }: VersionDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [versions, setVersions] = useState(chosen);

  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
  }, []);

  const select = (model: string, version: string) => {
    const { [model]: _, ...others } = versions;
    setVersions(version === "" ? others : { ...others, [model]: version });
  };
  const done = () => {
    choose(versions);
    dialog.current?.close();
  };
  return createPortal(
    <dialog ref={dialog} className={dialogPanel} aria-labelledby={id} onClose={close}>
      <header className="sticky top-0 z-1 flex items-center gap-3 border-b border-line bg-surface py-3 ps-5 pe-3.5">
        <h2 id={id} className="flex-1 text-lg font-semibold">Select Firmware Version</h2>
        <button type="button" className={buttonClass("quiet")} onClick={() => dialog.current?.close()}>
          <IconPath d={x} />
          <span className="sr-only">Close</span>
        </button>
      </header>
      <div className="px-5 pt-4">
        <p className={smallText}>Each version is installed once. Models without a version are not upgraded.</p>
        <div aria-hidden="true" className={`${row} mt-3 text-sm text-muted`}>
          <span>Access Points Model</span>
          <span>Upgrade To Version</span>
        </div>
        <ul className="mt-1 grid list-none gap-2 p-0">
          {models.map((choice) => (
            <ModelRow key={choice.model} choice={choice} version={versions[choice.model] ?? ""} select={(version) => select(choice.model, version)} />
          ))}
        </ul>
      </div>
      <footer className={`sticky bottom-0 z-1 mt-4 border-t border-line bg-surface px-5 py-3 ${buttonRow}`}>
        <button type="button" className={buttonClass("primary")} onClick={done}>Done</button>
        <button type="button" className={buttonClass("quiet")} onClick={() => dialog.current?.close()}>Cancel</button>
      </footer>
    </dialog>,
    document.body,
  );
}

const row = "grid grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)] items-center gap-3 max-sm:grid-cols-[6rem_minmax(0,1fr)]";

function ModelRow({ choice: { model, versions }, version, select }: { choice: ModelChoice; version: string; select: (version: string) => void }) {
  const id = useId();
  return (
    <li className={row}>
      <label htmlFor={id} className="font-medium wrap-anywhere">
        {model}
        <span className="sr-only">, Upgrade To Version</span>
      </label>
      <select id={id} className={selectClass} value={version} onChange={(event) => select(event.target.value)}>
        <option value="">No upgrade</option>
        {versions.map((release) => (
          <option key={release.version} value={release.version}>{release.label}</option>
        ))}
      </select>
    </li>
  );
}
