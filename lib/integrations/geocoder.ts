import "server-only";
import * as z from "zod/mini";
import { limitedFetch } from "@/lib/integrations/limited-fetch";

export type GeocodedPlace = { label: string; latitude: number; longitude: number; country?: string };

const degrees = (limit: number) => z.coerce.number().check(z.gte(-limit), z.lte(limit));

const Found = z.array(
  z.object({
    display_name: z.string(),
    lat: degrees(90),
    lon: degrees(180),
    address: z.optional(z.object({ country_code: z.optional(z.string()) })),
  }),
);

const maxPlaces = 5;
const maxLabelLength = 200;

// Cut at a comma, because the last parts are the widest area.
function shortened(label: string): string {
  if (label.length <= maxLabelLength) return label;
  const cut = label.slice(0, maxLabelLength + 1);
  return cut.slice(0, Math.max(cut.lastIndexOf(","), 0)) || cut.slice(0, maxLabelLength);
}

function searchUrl(base: string, address: string): string {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/search`;
  for (const [name, value] of Object.entries({ q: address, format: "jsonv2", addressdetails: "1", limit: String(maxPlaces), "accept-language": "en" })) url.searchParams.set(name, value);
  return url.href;
}

type GeocoderSettings = { base: string; /** Says who asks, which public servers require. */ userAgent: string; timeoutMs?: number };

/** Asks a Nominatim-compatible geocoder for an address; throws when it gives no usable answer in time. */
export async function geocode(address: string, { base, userAgent, timeoutMs = 4_000 }: GeocoderSettings): Promise<GeocodedPlace[]> {
  const response = await limitedFetch(searchUrl(base, address), {
    method: "GET",
    headers: { Accept: "application/json", "User-Agent": userAgent },
    body: undefined,
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`The geocoder answered ${response.status}`);
  return Found.parse(await response.json())
    .slice(0, maxPlaces)
    .map(({ display_name: name, lat, lon, address: parts }) => ({ label: shortened(name), latitude: lat, longitude: lon, country: parts?.country_code?.toUpperCase() }));
}
