import { createServer } from "node:http";
import { listenOnFreePort } from "./listen-on-free-port";

type Failure = "silent" | "hang up" | { status: number; body?: string; headers?: Record<string, string> };

type State = { failure: Failure | null; requests: { url: URL; userAgent: string }[] };

/** An answer of Nominatim, as far as the portal reads it. */
export const geocoded = (name: string, latitude: number, longitude: number, country = "de") => ({
  place_id: 1,
  display_name: name,
  lat: String(latitude),
  lon: String(longitude),
  address: { country_code: country },
});

/** Starts a fake geocoder that knows the given places by a part of their names and fails on demand. */
export async function fakeGeocoder(places: readonly ReturnType<typeof geocoded>[]) {
  const state: State = { failure: null, requests: [] };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    state.requests.push({ url, userAgent: request.headers["user-agent"] ?? "" });
    if (state.failure === "silent") return;
    if (state.failure === "hang up") return void request.socket.destroy();
    if (state.failure) {
      response.writeHead(state.failure.status, { "content-type": "application/json", ...state.failure.headers });
      return void response.end(state.failure.body ?? "[]");
    }
    const sought = (url.searchParams.get("q") ?? "").toLowerCase();
    response.writeHead(200, { "content-type": "application/json" });
    return void response.end(JSON.stringify(places.filter(({ display_name: name }) => name.toLowerCase().includes(sought))));
  });
  const { port, close } = await listenOnFreePort(server);
  return { url: `http://127.0.0.1:${port}/nominatim`, state, close };
}
