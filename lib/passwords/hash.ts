import { hash, parseOptions, verify, type Options } from "@node-rs/argon2";
import { AppError } from "@/lib/shared/app-error";
import { maxTypedPasswordLength, normalizePassword, passwordTooLong } from "@/lib/shared/password-rules";

const argon2id = 2;
const cost = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;
const maxConcurrent = 4;
const maxQueued = 64;
const maxConcurrentPerKey = 2;
const maxPendingPerKey = 8;

const parameters = `m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}`;
/** A hash no password matches, with the cost of a real one; verifying against it hides whether an account exists. */
export const dummyHash = `$argon2id$v=19$${parameters}$${"A".repeat(22)}$${"A".repeat(43)}`;

export type PasswordMatch = { ok: boolean; needsRehash: boolean };

type QueuedHash = { keys: readonly string[]; start: () => void };

let running = 0;
const queue: QueuedHash[] = [];
const runningByKey = new Map<string, number>();
const pendingByKey = new Map<string, number>();

const busyError = () =>
  new AppError("busy", "Many people are signing in right now. Try again in a moment", undefined, 5);

const adjustCounts = (counts: Map<string, number>, keys: readonly string[], step: 1 | -1) => {
  for (const key of keys) {
    const total = (counts.get(key) ?? 0) + step;
    if (total > 0) counts.set(key, total);
    else counts.delete(key);
  }
};

const isBelow = (counts: Map<string, number>, keys: readonly string[], max: number) =>
  keys.every((key) => (counts.get(key) ?? 0) < max);

/** Runs at most four hashes at once and two per key, so that one client in a loop does not block the others. */
async function withHashSlot<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
  if (!isBelow(pendingByKey, keys, maxPendingPerKey)) throw busyError();
  const hasSlot = running < maxConcurrent && isBelow(runningByKey, keys, maxConcurrentPerKey);
  if (!hasSlot && queue.length >= maxQueued) throw busyError();
  adjustCounts(pendingByKey, keys, 1);
  if (hasSlot) startSlot(keys);
  else await new Promise<void>((start) => queue.push({ keys, start }));
  try {
    return await work();
  } finally {
    running -= 1;
    adjustCounts(runningByKey, keys, -1);
    adjustCounts(pendingByKey, keys, -1);
    startNext();
  }
}

function startSlot(keys: readonly string[]) {
  running += 1;
  adjustCounts(runningByKey, keys, 1);
}

function startNext() {
  while (running < maxConcurrent) {
    const index = queue.findIndex(({ keys }) => isBelow(runningByKey, keys, maxConcurrentPerKey));
    const [next] = index < 0 ? [] : queue.splice(index, 1);
    if (!next) return;
    startSlot(next.keys);
    next.start();
  }
}

function isWeaker(stored: string): boolean {
  const { algorithm, memoryCost, timeCost } = parseOptions(stored);
  return algorithm !== argon2id || memoryCost < cost.memoryCost || timeCost < cost.timeCost;
}

/** Hashes a password with argon2id; fails with `busy` when too many are queued. */
export async function hashPassword(password: string, keys: readonly string[] = []): Promise<string> {
  if (password.length > maxTypedPasswordLength) throw new AppError("invalid", passwordTooLong);
  return withHashSlot(keys, () => hash(normalizePassword(password), cost));
}

/** Verifies a password against a stored hash; without one it takes the same time and fails. */
export async function verifyPassword(stored: string | null, password: string, keys: readonly string[] = []): Promise<PasswordMatch> {
  const input = normalizePassword(password);
  const matches = await withHashSlot(keys, () => verify(stored ?? dummyHash, input));
  const ok = matches && stored !== null && password.length <= maxTypedPasswordLength;
  return { ok, needsRehash: ok && isWeaker(stored) };
}
