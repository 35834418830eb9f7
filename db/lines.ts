import "server-only";
import { keep, poolSize } from "@/db/client";
import { connectionFault, type Line, openLine } from "@/db/line";
import type { DatabaseRole } from "@/db/roles";

type Waiting = { serve: (line: Line | Promise<Line>) => void; refuse: (fault: unknown) => void };

const idleFor = 60_000;
const oldest = 45 * 60_000;
const closedWithin = 5_000;

const ended = () => connectionFault("CONNECTION_ENDED", "The connections to the database were closed");

/** The connections of a role that carry transactions; who finds none free waits in turn. */
class Lines {
  readonly #role: DatabaseRole;
  readonly #free: Line[] = [];
  readonly #idle = new Map<Line, NodeJS.Timeout>();
  readonly #waiting: Waiting[] = [];
  readonly #held = new Set<Line>();
  #opening = 0;
  #ended: Promise<void> | undefined;
  #onEmpty = () => {};

  constructor(role: DatabaseRole) {
    this.#role = role;
  }

  /** A connection for one transaction. */
  async take(): Promise<Line> {
    if (this.#ended) throw ended();
    const line = this.#free.pop();
    if (line) return this.#woken(line);
    if (this.#places() < poolSize(this.#role)) return this.#open();
    return new Promise((serve, refuse) => this.#waiting.push({ serve, refuse }));
  }

  /** Back from a transaction that has ended. */
  give(line: Line): void {
    line.onLost = undefined;
    if (line.lost) return this.#leave(line);
    const next = this.#waiting.shift();
    if (next) return next.serve(line);
    if (this.#ended || performance.now() - line.since > oldest) return this.#close(line);
    this.#free.push(line);
    this.#idle.set(line, setTimeout(() => this.#retire(line), idleFor).unref());
  }

  /** Closes all, those in use when their transactions have ended or after five seconds. */
  end(): Promise<void> {
    return (this.#ended ??= this.#closeAll());
  }

  async #closeAll() {
    while (this.#free[0]) this.#retire(this.#free[0]);
    const late = new Promise<void>((resolve) => setTimeout(resolve, closedWithin).unref());
    const empty = new Promise<void>((resolve) => (this.#onEmpty = resolve));
    if (this.#places() > 0) await Promise.race([empty, late]);
    for (const { refuse } of this.#waiting.splice(0)) refuse(ended());
    for (const line of this.#held) line.abandon();
  }

  #places() {
    return this.#held.size + this.#opening;
  }

  async #open(): Promise<Line> {
    this.#opening += 1;
    try {
      const line = await openLine(this.#role, (lost) => this.#drop(lost));
      this.#held.add(line);
      this.#opening -= 1;
      return line;
    } catch (fault) {
      this.#opening -= 1;
      // While the database is away, those who wait are told at once and not one after the other.
      if (this.#held.size === 0) for (const { refuse } of this.#waiting.splice(0)) refuse(fault);
      this.#vacate();
      throw fault;
    }
  }

  #woken(line: Line): Line {
    clearTimeout(this.#idle.get(line));
    this.#idle.delete(line);
    return line;
  }

  #retire(line: Line) {
    this.#free.splice(this.#free.indexOf(line), 1);
    this.#close(this.#woken(line));
  }

  /** One that was lost while it was free; of one in use its transaction learns. */
  #drop(line: Line) {
    if (!this.#free.includes(line)) return;
    this.#free.splice(this.#free.indexOf(line), 1);
    this.#leave(this.#woken(line));
  }

  /** Its place stays taken until it is closed: Postgres counts it until then. */
  #close(line: Line) {
    const left = () => this.#leave(line);
    line.close().then(left, left);
  }

  #leave(line: Line) {
    if (this.#held.delete(line)) this.#vacate();
  }

  #vacate() {
    const next = this.#waiting.shift();
    if (next) next.serve(this.#open());
    else if (this.#places() === 0) this.#onEmpty();
  }
}

/** The connections of a role in this process that carry transactions. */
export const lines = (role: DatabaseRole): Lines =>
  keep(`${role} lines`, () => {
    const opened = new Lines(role);
    return { opened, end: () => opened.end() };
  });
