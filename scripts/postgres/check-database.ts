import postgres from "postgres";

const minimumVersion = 15;

/** Explains a connection error and says what to do. */
export function explainConnectionError(url: string, { code, message }: { code?: string; message?: string }): string {
  const { hostname, port, pathname, username } = new URL(url);
  const server = `${hostname || "localhost"}:${port || 5432}`;
  const database = decodeURIComponent(pathname.slice(1));
  const reasons: Record<string, string> = {
    ECONNREFUSED: `Nothing is listening at ${server}. Is Postgres running there?`,
    ENOTFOUND: `The host ${hostname} cannot be resolved. Is the name right?`,
    EAI_AGAIN: `The host ${hostname} cannot be resolved. Is the name right?`,
    CONNECT_TIMEOUT: `${server} does not answer. Is a firewall in between?`,
    "28P01": `The password of ${username} is wrong for ${server}.`,
    "28000": `pg_hba.conf of ${server} does not allow ${username} to connect.`,
    "3D000": `There is no database ${database} at ${server}. Create it with: createdb ${database}`,
  };
  const reason = reasons[code ?? ""] ?? `${server} says: ${message ?? code}`;
  return `Signalbox cannot use DATABASE_URL. ${reason}\nUnset DATABASE_URL to use the embedded Postgres.`;
}

/** Throws when the database cannot be reached or is too old. */
export async function checkDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const [row] = await sql`select current_setting('server_version_num')::int / 10000 as version`;
    const version = Number(row?.version);
    if (version < minimumVersion) throw new Error(`it is Postgres ${version}, and Signalbox needs ${minimumVersion} or newer.`);
  } catch (error) {
    throw new Error(explainConnectionError(url, error as { code?: string; message?: string }), { cause: error });
  } finally {
    await sql.end({ timeout: 1 });
  }
}
