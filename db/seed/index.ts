import "server-only";
import postgres from "postgres";
import { closePools } from "@/db/client";
import { accountsOf, castOf } from "@/db/seed/cast";
import { diceFrom } from "@/db/seed/chance";
import { historyOf } from "@/db/seed/history";
import { harbourline, tidewater } from "@/db/seed/organizations";
import { demoPassword } from "@/db/seed/people";
import { writeAccounts, writeMemberships, writeOthers, writeStory } from "@/db/seed/writing";
import { env } from "@/lib/env";
import { hashPassword } from "@/lib/passwords/hash";

const here = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Fills a trial's database with the demo world, unless somebody has an account in it already. */
export async function seedDemo(ownerUrl: string): Promise<void> {
  const { TRIAL, DATABASE_URL } = env();
  if (!TRIAL || ownerUrl !== DATABASE_URL || !here.has(new URL(ownerUrl).hostname)) {
    throw new Error("The demo world is for trials on the embedded Postgres only.");
  }
  if (await hasAccounts(ownerUrl)) return;
  try {
    await tellEverything(new Date());
  } finally {
    await closePools();
  }
}

/** Row security hides accounts from their owner too, so it is lifted for this one look and never beyond it. */
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

async function tellEverything(now: Date) {
  const dice = diceFrom(1896);
  const accounts = accountsOf(dice, now);
  const told = [tidewater, harbourline].map((organization) => {
    const cast = castOf(organization, accounts, dice, now);
    return { cast, story: historyOf(organization, dice.id(now), cast, now) };
  });
  // Accounts come after the past: a seed that was cut short is seen as none, and made again.
  await Promise.all(told.map(({ story, cast }) => writeStory(story, cast)));
  const passwordHash = await hashPassword(demoPassword);
  await writeAccounts(accounts, told.map(({ story }) => story), passwordHash);
  await Promise.all(told.map(({ story, cast }) => writeMemberships(story, cast)));
  await writeOthers(now, dice, passwordHash);
}
