import "server-only";
import { poolSize, processSingleton } from "@/db/client";
import { connectionError, openConnection, type PooledConnection } from "@/db/pool/pooled-connection";
import type { DatabaseRole } from "@/db/roles";

type Waiter = { resolve: (connection: PooledConnection | Promise<PooledConnection>) => void; reject: (error: unknown) => void };

const idleTimeoutMs = 60_000;
const maxLifetimeMs = 45 * 60_000;
const endTimeoutMs = 5_000;

const endedError = () => connectionError("CONNECTION_ENDED", "The connections to the database were closed");

/** The connections of a role for transactions; callers that find none free wait in order. */
export class ConnectionPool {
  readonly #role: DatabaseRole;
  readonly #idle: PooledConnection[] = [];
  readonly #idleTimers = new Map<PooledConnection, NodeJS.Timeout>();
  readonly #waiters: Waiter[] = [];
  readonly #open = new Set<PooledConnection>();
  #opening = 0;
  #ended: Promise<void> | undefined;
  #onEmpty = () => {};

  constructor(role: DatabaseRole) {
    this.#role = role;
  }

  /** A connection for one transaction. */
  async acquire(): Promise<PooledConnection> {
    if (this.#ended) throw endedError();
    const connection = this.#idle.pop();
    if (connection) return this.#stopIdleTimer(connection);
    if (this.#size() < poolSize(this.#role)) return this.#connect();
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  /** Takes a connection back after its transaction has ended. */
  release(connection: PooledConnection): void {
    connection.onClose = undefined;
    if (connection.lostBy) return this.#remove(connection);
    const next = this.#waiters.shift();
    if (next) return next.resolve(connection);
    if (this.#ended || performance.now() - connection.openedAt > maxLifetimeMs) return this.#close(connection);
    this.#idle.push(connection);
    this.#idleTimers.set(connection, setTimeout(() => this.#closeIdle(connection), idleTimeoutMs).unref());
  }

  /** Closes all connections; those in use when their transaction ends, or after five seconds. */
  end(): Promise<void> {
    return (this.#ended ??= this.#closeAll());
  }

  async #closeAll() {
    while (this.#idle[0]) this.#closeIdle(this.#idle[0]);
    const timeout = new Promise<void>((resolve) => setTimeout(resolve, endTimeoutMs).unref());
    const empty = new Promise<void>((resolve) => (this.#onEmpty = resolve));
    if (this.#size() > 0) await Promise.race([empty, timeout]);
    for (const { reject } of this.#waiters.splice(0)) reject(endedError());
    for (const connection of this.#open) connection.destroy();
  }

  #size() {
    return this.#open.size + this.#opening;
  }

  async #connect(): Promise<PooledConnection> {
    this.#opening += 1;
    try {
      const connection = await openConnection(this.#role, (lost) => this.#removeIdle(lost));
      this.#open.add(connection);
      this.#opening -= 1;
      return connection;
    } catch (error) {
      this.#opening -= 1;
      // While the database is unreachable, all waiters are rejected at once instead of one after the other.
      if (this.#open.size === 0) for (const { reject } of this.#waiters.splice(0)) reject(error);
      this.#fillVacancy();
      throw error;
    }
  }

  #stopIdleTimer(connection: PooledConnection): PooledConnection {
    clearTimeout(this.#idleTimers.get(connection));
    this.#idleTimers.delete(connection);
    return connection;
  }

  #closeIdle(connection: PooledConnection) {
    this.#idle.splice(this.#idle.indexOf(connection), 1);
    this.#close(this.#stopIdleTimer(connection));
  }

  /** Removes a lost idle connection; the transaction of a busy one reports through `onClose`. */
  #removeIdle(connection: PooledConnection) {
    if (!this.#idle.includes(connection)) return;
    this.#idle.splice(this.#idle.indexOf(connection), 1);
    this.#remove(this.#stopIdleTimer(connection));
  }

  /** Its place stays taken until it is closed, because Postgres counts it until then. */
  #close(connection: PooledConnection) {
    const remove = () => this.#remove(connection);
    connection.close().then(remove, remove);
  }

  #remove(connection: PooledConnection) {
    if (this.#open.delete(connection)) this.#fillVacancy();
  }

  #fillVacancy() {
    const next = this.#waiters.shift();
    if (next) next.resolve(this.#connect());
    else if (this.#size() === 0) this.#onEmpty();
  }
}

/** The pool of a role in this process. */
export const connectionPool = (role: DatabaseRole): ConnectionPool =>
  processSingleton(`${role} pool`, () => {
    const value = new ConnectionPool(role);
    return { value, end: () => value.end() };
  });
