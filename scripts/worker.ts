import { closePools } from "@/db/client";
import { openWorkerQueue } from "@/db/queue";
import { queueNames } from "@/db/queue-config";
import { useWorkerRole } from "@/db/tenant-transaction";
import { env } from "@/lib/env";
import type { Job } from "@/lib/kernel/job";
import { areas } from "@/lib/areas";
import { configuredMailer, type DeliveryReport, startDelivery } from "@/lib/mail/jobs";
import { isDatabaseUnavailable } from "@/lib/web/database-unavailable";
import { log, logError, startLogging } from "@/lib/web/log";
import { outageLog } from "@/lib/web/outage-log";

// esbuild bundles every file that this path can name.
const jobsOf = async (area: string): Promise<{ jobs: readonly Job[] }> => import(`../lib/${area}/jobs.ts`);
const queue = openWorkerQueue((error) => logFailure(error, "queue"));
const databaseOutage = outageLog("The database", { quietMs: 10_000 });
const mailOutage = outageLog("The mail service");
let delivery: ReturnType<typeof startDelivery> | undefined;

function logFailure(error: unknown, route: string) {
  if (isDatabaseUnavailable(error)) databaseOutage.noticed(error);
  else logError(error, { route });
}

const report: DeliveryReport = {
  refused: (email) => log().warn(email, "Email refused"),
  unavailable: mailOutage.noticed,
  delivered: mailOutage.works,
  connected: databaseOutage.works,
  failed: (error) => logFailure(error, "mail"),
};

async function run() {
  const modules = await Promise.all(areas.flatMap((area) => ("queues" in area ? [jobsOf(area.name)] : [])));
  const jobs = modules.flatMap((module) => module.jobs);
  startLogging(env().LOG_LEVEL, "worker");
  const mailer = configuredMailer();
  useWorkerRole();
  await queue.start();
  for (const { name, cron, perform } of jobs) {
    await queue.work(name, { pollingIntervalSeconds: 0.5, batchSize: 1, localConcurrency: 2 }, async ([job]) => {
      if (!job) return;
      try {
        await perform(job.data);
      } catch (error) {
        logFailure(error, name);
        throw error;
      }
    });
    if (cron) await queue.schedule(name, cron, {}, { tz: "UTC" });
  }
  const unserved = queueNames.filter((name) => !jobs.some((job) => job.name === name));
  if (unserved.length > 0) throw new Error(`No job handles the queues ${unserved.join(", ")}`);
  delivery = startDelivery(mailer, report);
  console.info(`Worker ready: ${jobs.length} queues`);
  process.send?.("ready");
}

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(0), 25_000).unref();
  await Promise.all([delivery?.stop(), queue.stop({ graceful: true, timeout: 20_000 }).catch(() => {})]);
  await closePools();
  process.exit(0);
}

process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
// The parent process holds the IPC channel: stop when it exits.
process.on("disconnect", () => void stop());

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
