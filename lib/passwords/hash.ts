import { hash, parseOptions, verify, type Options } from "@node-rs/argon2";
import { Fault } from "@/lib/vocabulary/fault";
import { normalPassword } from "./normal";

const argon2id = 2;
const cost = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;
const lanes = 4;
const queueCap = 64;
const lanesEach = 2;
const placesEach = 8;
const longestTyped = 1_024;

const parameters = `m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}`;
/** Opens to no password; made with the cost of a real hash, so that comparing with it is the same work (AUT-7). */
export const decoy = `$argon2id$v=19$${parameters}$${"A".repeat(22)}$${"A".repeat(43)}`;

export type Verdict = { ok: boolean; stale: boolean };

type Waiting = { parties: readonly string[]; enter: () => void };

let running = 0;
const waiting: Waiting[] = [];
const lanesOf = new Map<string, number>();
const placesOf = new Map<string, number>();

const crowded = () =>
  new Fault("busy", "Many people are signing in just now. Try again in a moment", undefined, 5);

const count = (counts: Map<string, number>, parties: readonly string[], step: 1 | -1) => {
  for (const party of parties) {
    const now = (counts.get(party) ?? 0) + step;
    if (now > 0) counts.set(party, now);
    else counts.delete(party);
  }
};

const within = (counts: Map<string, number>, parties: readonly string[], most: number) =>
  parties.every((party) => (counts.get(party) ?? 0) < most);

/** Four at a time; of one party two, so that whoever signs in in a loop leaves lanes and places to everybody else. */
async function inLane<T>(parties: readonly string[], work: () => Promise<T>): Promise<T> {
  if (!within(placesOf, parties, placesEach)) throw crowded();
  const free = running < lanes && within(lanesOf, parties, lanesEach);
  if (!free && waiting.length >= queueCap) throw crowded();
  count(placesOf, parties, 1);
  if (free) take(parties);
  else await new Promise<void>((enter) => waiting.push({ parties, enter }));
  try {
    return await work();
  } finally {
    running -= 1;
    count(lanesOf, parties, -1);
    count(placesOf, parties, -1);
    admitNext();
  }
}

function take(parties: readonly string[]) {
  running += 1;
  count(lanesOf, parties, 1);
}

function admitNext() {
  while (running < lanes) {
    const at = waiting.findIndex(({ parties }) => within(lanesOf, parties, lanesEach));
    const [next] = at < 0 ? [] : waiting.splice(at, 1);
    if (!next) return;
    take(next.parties);
    next.enter();
  }
}

function isWeaker(stored: string): boolean {
  const { algorithm, memoryCost, timeCost } = parseOptions(stored);
  return algorithm !== argon2id || memoryCost < cost.memoryCost || timeCost < cost.timeCost;
}

/** Hashes a password by argon2id (AUT-3); refused as busy when too many wait already. */
export const hashPassword = (password: string, parties: readonly string[] = []): Promise<string> =>
  inLane(parties, () => hash(normalPassword(password), cost));

/** Compares a password with a stored hash on behalf of some parties; without a hash it takes the same time and fails. */
export async function verifyPassword(stored: string | null, password: string, parties: readonly string[] = []): Promise<Verdict> {
  const typed = normalPassword(password.slice(0, longestTyped + 1));
  const matches = await inLane(parties, () => verify(stored ?? decoy, typed));
  const ok = matches && stored !== null && password.length <= longestTyped;
  return { ok, stale: ok && isWeaker(stored) };
}
