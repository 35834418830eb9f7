import { databaseReady } from "@/db/health";
import { isStopping } from "@/lib/web/stop";

/** Whether new requests may come here: not stopping, and the database answers with every migration applied (OPS-1). */
export const isReady = async (): Promise<boolean> => !isStopping() && (await databaseReady());

