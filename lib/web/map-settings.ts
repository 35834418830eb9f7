import "server-only";
import { env } from "@/lib/env";
import type { MapSettings } from "@/lib/shared/map-settings";

/** The maps of this installation. */
export const mapSettings = (): MapSettings => ({ tileUrl: env().MAP_TILE_URL, attribution: env().MAP_ATTRIBUTION });

/** Whether street addresses can be searched for. */
export const hasGeocoder = (): boolean => env().GEOCODER_URL !== undefined;
