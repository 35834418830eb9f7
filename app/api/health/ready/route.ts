import { isReady } from "@/lib/web/health";

export const dynamic = "force-dynamic";

export async function GET() {
  const ready = await isReady();
  const headers = { "Content-Type": "text/plain; charset=utf-8", ...(ready ? {} : { "Retry-After": "5" }) };
  return new Response(ready ? "ok\n" : "unavailable\n", { status: ready ? 200 : 503, headers });
}
