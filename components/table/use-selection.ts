"use client";

import { useState } from "react";

type Chosen = { ids: readonly string[]; all: boolean };

/** The checked rows; reset to those of the address whenever it changes. */
export function useSelection(address: string, keys: readonly string[], initial: Chosen = { ids: [], all: false }) {
  const [state, setState] = useState({ address, ...initial });
  if (state.address !== address) setState({ address, ...initial });
  const { ids, all } = state.address === address ? state : initial;
  const ticked = new Set(keys.filter((key) => all || ids.includes(key)));
  const choose = (next: Partial<Chosen>) => setState({ address, ids, all, ...next });
  return {
    ticked,
    all,
    toggle: (key: string) => choose({ ids: ticked.has(key) ? keys.filter((one) => one !== key && ticked.has(one)) : [...ticked, key] }),
    togglePage: () => choose({ ids: ticked.size === keys.length ? [] : keys }),
    toggleAll: () => choose({ all: !all }),
    clear: () => choose({ ids: [], all: false }),
  };
}

export type Selection = ReturnType<typeof useSelection>;
