import postgres from "postgres";

const oldest = 15;

/** What went wrong on the way to a database, in words that say what to do. */
export function explain(url: string, { code, message }: { code?: string; message?: string }): string {
  const { hostname, port, pathname, username } = new URL(url);
  const place = `${hostname || "localhost"}:${port || 5432}`;
  const database = decodeURIComponent(pathname.slice(1));
  const reasons: Record<string, string> = {
    ECONNREFUSED: `Nothing answers at ${place}. Is Postgres running there?`,
    ENOTFOUND: `The host ${hostname} is not known. Is the name right?`,
    EAI_AGAIN: `The host ${hostname} is not known. Is the name right?`,
    CONNECT_TIMEOUT: `${place} does not answer. Is a firewall in between?`,
    "28P01": `The password of ${username} is not accepted at ${place}.`,
    "28000": `${username} may not sign in at ${place} this way. See its pg_hba.conf.`,
    "3D000": `There is no database ${database} at ${place}. Make one with: createdb ${database}`,
  };
  const reason = reasons[code ?? ""] ?? `${place} says: ${message ?? code}`;
  return `Signalbox cannot use DATABASE_URL. ${reason}\nUnset DATABASE_URL to use the embedded Postgres.`;
}

/** Refuses a database that cannot be reached or is too old to carry the portal. */
export async function checkDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const [row] = await sql`select current_setting('server_version_num')::int / 10000 as version`;
    const version = Number(row?.version);
    if (version < oldest) throw new Error(`it is Postgres ${version}, and Signalbox needs ${oldest} or newer.`);
  } catch (error) {
    throw new Error(explain(url, error as { code?: string; message?: string }), { cause: error });
  } finally {
    await sql.end({ timeout: 1 });
  }
}
