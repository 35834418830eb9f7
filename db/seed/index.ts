import "server-only";
import postgres from "postgres";
import { closePools } from "@/db/client";
import { createAccounts, createMembers } from "@/db/seed/members";
import { createRng } from "@/db/seed/random";
import { buildHistory } from "@/db/seed/history";
import { harbourline, tidewater } from "@/db/seed/organizations";
import { demoPassword } from "@/db/seed/people";
import { insertMsp } from "@/db/seed/msps";
import { insertAccounts, insertMemberships, insertNonMembers, insertOrganization } from "@/db/seed/insert";
import { env } from "@/lib/env";
import { hashPassword } from "@/lib/passwords/hash";

const loopbackHosts = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Fills the database of a trial installation with demo data, unless it already has accounts. */
export async function seedDemo(ownerUrl: string): Promise<void> {
  const { TRIAL, DATABASE_URL } = env();
  if (!TRIAL || ownerUrl !== DATABASE_URL || !loopbackHosts.has(new URL(ownerUrl).hostname)) {
    throw new Error("Demo data is for trial installations on the embedded Postgres only.");
  }
  if (await hasAccounts(ownerUrl)) return;
  try {
    await seedOrganizations(new Date());
  } finally {
    await closePools();
  }
}

/** Forced row security hides accounts from the owner, so it is lifted for this query and rolled back. */
async function hasAccounts(ownerUrl: string): Promise<boolean> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  const connection = await owner.reserve();
  try {
    await connection`begin`;
    await connection`alter table public.accounts no force row level security`;
    const [found] = await connection`select 1 from public.accounts limit 1`;
    return found !== undefined;
  } finally {
    await connection`rollback`;
    connection.release();
    await owner.end();
  }
}

async function seedOrganizations(now: Date) {
  const rng = createRng(1896);
  const accounts = createAccounts(rng, now);
  const seeded = [tidewater, harbourline].map((organization) => {
    const members = createMembers(organization, accounts, rng, now);
    return { members, history: buildHistory(organization, rng.uuid(now), members, now) };
  });
  // Accounts are inserted last: an interrupted seed leaves none, so the next start seeds again.
  await Promise.all(seeded.map(({ history, members }) => insertOrganization(history, members)));
  const passwordHash = await hashPassword(demoPassword);
  await insertAccounts(accounts, seeded.map(({ history }) => history), passwordHash);
  await Promise.all(seeded.map(({ history, members }) => insertMemberships(history, members)));
  await insertNonMembers(now, rng, passwordHash);
  await insertMsp(seeded.map(({ history }) => history.id), now, rng);
}
