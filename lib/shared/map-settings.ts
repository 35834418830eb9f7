/** The tiles of the maps, as a template with {z}, {x} and {y}, and whom they and the geocoder are owed to. Without tiles, the shipped map is shown. */
export type MapSettings = { tileUrl?: string; attribution?: string };

/** The source of map tiles for a content security policy: their origin, with any subdomain where the template has {s}. */
export function tileSource(template: string): string {
  const { protocol, host } = new URL(template.replaceAll("{s}", "subdomain"));
  return `${protocol}//${host.replace(/^[^.]*subdomain[^.]*\./, "*.")}`;
}
