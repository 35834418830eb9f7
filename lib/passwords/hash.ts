import { hash, parseOptions, verify, type Options } from "@node-rs/argon2";
import { Fault } from "@/lib/vocabulary/fault";
import { normalPassword } from "./normal";

const argon2id = 2;
const cost = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;
const lanes = 4;
const queueCap = 64;
const longestTyped = 1_024;

const parameters = `m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}`;
// Opens to no password; comparing with it takes as long as comparing with a real hash.
const decoy = `$argon2id$v=19$${parameters}$${"A".repeat(22)}$${"A".repeat(43)}`;

export type Verdict = { ok: boolean; stale: boolean };

let running = 0;
const waiting: (() => void)[] = [];

const crowded = () =>
  new Fault("busy", "Many people are signing in just now. Try again in a moment", undefined, 5);

async function inLane<T>(work: () => Promise<T>): Promise<T> {
  if (running >= lanes) {
    if (waiting.length >= queueCap) throw crowded();
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function isWeaker(stored: string): boolean {
  const { algorithm, memoryCost, timeCost } = parseOptions(stored);
  return algorithm !== argon2id || memoryCost < cost.memoryCost || timeCost < cost.timeCost;
}

/** Hashes a password by argon2id (AUT-3); refused as busy when too many wait already. */
export const hashPassword = (password: string): Promise<string> => inLane(() => hash(normalPassword(password), cost));

/** Compares a password with a stored hash; without one it takes the same time and fails. */
export async function verifyPassword(stored: string | null, password: string): Promise<Verdict> {
  const typed = normalPassword(password.slice(0, longestTyped + 1));
  const matches = await inLane(() => verify(stored ?? decoy, typed));
  const ok = matches && stored !== null && password.length <= longestTyped;
  return { ok, stale: ok && isWeaker(stored) };
}
