/** A closed line of longitude and latitude in degrees. */
export type Ring = readonly (readonly number[])[];

const turn = 360;

/** The ring without jumps from 180 to -180: its longitudes go on beyond 180. */
function continuous(ring: Ring): [number, number][] {
  let [offset, before] = [0, ring[0]?.[0] ?? 0];
  return ring.map(([longitude = 0, latitude = 0]) => {
    if (longitude - before > turn / 2) offset -= turn;
    else if (before - longitude > turn / 2) offset += turn;
    before = longitude;
    return [longitude + offset, latitude];
  });
}

/**
 * A ring on a globe as rings on a flat map: one that crosses the antimeridian is drawn at both edges of the map, and one around the
 * south pole along its lower edge.
 */
export function planarRings(ring: Ring): Ring[] {
  const line = continuous(ring);
  const [first, last] = [line[0]?.[0] ?? 0, line.at(-1)?.[0] ?? 0];
  const isAroundPole = Math.abs(last - first) > turn / 2;
  const closed: Ring = isAroundPole ? [...line, [last, -90], [first, -90], ...line.slice(0, 1)] : line;
  const longitudes = line.map(([longitude]) => longitude);
  const shifts = [0, ...(Math.max(...longitudes) > turn / 2 ? [-turn] : []), ...(Math.min(...longitudes) < -turn / 2 ? [turn] : [])];
  return shifts.map((shift) => closed.map(([longitude = 0, latitude = 0]) => [longitude + shift, latitude]));
}
