export const dynamic = "force-dynamic";

export const GET = () => new Response("ok\n", { headers: { "Content-Type": "text/plain; charset=utf-8" } });
