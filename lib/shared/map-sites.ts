/**
 * Sites on a map in columns, which compress better than rows: ids without their dashes in one text, names, and degrees times 100,000,
 * which is about a meter.
 */
export type MapSites = { ids: string; names: readonly string[]; latitudes: readonly number[]; longitudes: readonly number[] };

export type MapSite = { id: string; name: string; latitude: number; longitude: number };

const [scale, idLength] = [100_000, 32];

const withDashes = (id: string) => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

/** Puts sites into columns. */
export const toMapSites = (sites: readonly MapSite[]): MapSites => ({
  ids: sites.map(({ id }) => id.replaceAll("-", "")).join(""),
  names: sites.map(({ name }) => name),
  latitudes: sites.map(({ latitude }) => Math.round(latitude * scale)),
  longitudes: sites.map(({ longitude }) => Math.round(longitude * scale)),
});

/** Reads sites from their columns. */
export const fromMapSites = ({ ids, names, latitudes, longitudes }: MapSites): MapSite[] =>
  names.map((name, index) => ({
    id: withDashes(ids.slice(index * idLength, (index + 1) * idLength)),
    name,
    latitude: (latitudes[index] ?? 0) / scale,
    longitude: (longitudes[index] ?? 0) / scale,
  }));
