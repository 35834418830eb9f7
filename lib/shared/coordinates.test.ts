import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coordinatesText, isOnEarth, parseCoordinates, readCoordinates } from "./coordinates";

const kiel = { latitude: 54.32, longitude: 10.13 };
const sydney = { latitude: -33.868889, longitude: 151.209444 };

const degrees = (limit: number) => fc.integer({ min: -limit * 1_000_000, max: limit * 1_000_000 }).map((millionths) => millionths / 1_000_000 + 0);
const coordinates = fc.record({ latitude: degrees(90), longitude: degrees(180) });

function sexagesimal(value: number, [positive, negative]: readonly [string, string]): string {
  const total = Math.round(Math.abs(value) * 3_600_000) / 1_000;
  const [whole, minutes] = [Math.floor(total / 3_600), Math.floor((total % 3_600) / 60)];
  const seconds = Math.round((total - whole * 3_600 - minutes * 60) * 1_000) / 1_000;
  return `${whole}° ${minutes}' ${seconds}" ${value < 0 ? negative : positive}`;
}

describe("SIT-3: coordinates as people type them", () => {
  test.each([
    "54.32, 10.13", "54.32,10.13", "54.32 10.13", "54,32 10,13", "54,32; 10,13", "54,32, 10,13", "54,32,10,13", "(54.32, 10.13)", "+54.32, +10.13",
    "54.32N 10.13E", "N 54.32, E 10.13", "n54.32 e10.13", "10.13 E, 54.32 N", "E10.13 N54.32", "54.32° N, 10.13° E", "54.32°, 10.13°", "54.32° 10.13°",
    `54°19'12"N 10°7'48"E`, `54° 19' 12" N, 10° 7' 48" E`, "54°19′12″N 10°07′48″E", "54° 19.2' N, 10° 7.8' E", "54 19 12 N 10 7 48 E", "54º19’12”N 10º7’48”E", `54°19'12'' 10°7'48''`,
    "lat 54.32 lng 10.13", "Latitude: 54.32, Longitude: 10.13", "geo:54.32,10.13", "５４．３２， １０．１３", "  54.32 ,  10.13  ", "\u200e54.32,\u00a010.13",
  ])("SIT-3: %j is Kiel", (text) => expect(parseCoordinates(text)).toEqual(kiel));

  test.each([`33°52'8"S 151°12'34"E`, "-33.868889, 151.209444", "−33.868889, 151.209444", "33.868889 S, 151.209444 E", "S 33 52 08 E 151 12 34"])("SIT-3: %j is Sydney", (text) => {
    expect(parseCoordinates(text)).toEqual(sydney);
  });

  test("SIT-3: whole numbers, zero and the bounds are coordinates", () => {
    expect(parseCoordinates("54, 10")).toEqual({ latitude: 54, longitude: 10 });
    expect(parseCoordinates("54,10")).toEqual({ latitude: 54, longitude: 10 });
    expect(parseCoordinates("-0, 0")).toEqual({ latitude: 0, longitude: 0 });
    expect(parseCoordinates("-90, 180")).toEqual({ latitude: -90, longitude: 180 });
    expect(parseCoordinates("1234567.5, 10")).toBeNull();
  });

  test.each([
    "", " ", ",", ";", "54.32", "Kiel", "Invalidenstraße 4", "Invalidenstraße 4, 10115 Berlin", "12 34", "1, Rue de Rivoli", "5 Main St, 10", "10115, Berlin", "54.32 N 10.13 N",
    "-54 S, 10 E", "54.5 30 N, 10 E", "54 61 N, 10 E", "54 10 61 N, 10 E", "54 19 12, 10 7 48", "1,2,3", "1 2 3 4", "N, E", "54.32, 10.13, 12", "1e1, 2", "0x10, 1", "Infinity, NaN",
  ])("SIT-3: %j is an address", (text) => expect(readCoordinates(text)).toBeNull());

  test("SIT-3: coordinates that do not exist are told from an address", () => {
    for (const text of ["90.1, 0", "0, 180.5", "120 N, 10 E", "54.32, 200"]) {
      expect(readCoordinates(text)).not.toBeNull();
      expect(parseCoordinates(text)).toBeNull();
    }
  });

  test("SIT-3: what is written is read again, in every notation", () => {
    fc.assert(
      fc.property(coordinates, (place) => {
        expect(parseCoordinates(coordinatesText(place))).toEqual(place);
        const { latitude, longitude } = place;
        expect(parseCoordinates(`${String(latitude.toFixed(6)).replace(".", ",")}; ${longitude.toFixed(6).replace(".", ",")}`)).toEqual(place);
        const read = parseCoordinates(`${sexagesimal(latitude, ["N", "S"])}, ${sexagesimal(longitude, ["E", "W"])}`);
        expect(read?.latitude).toBeCloseTo(latitude, 5);
        expect(read?.longitude).toBeCloseTo(longitude, 5);
      }),
    );
  });

  test("SIT-3: any text is coordinates on the earth or none, at once", () => {
    const typed = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."0123456789.,;-+°'\" NSEW") }));
    fc.assert(
      fc.property(typed, (text) => {
        const read = parseCoordinates(text);
        if (!read) return;
        expect(isOnEarth(read)).toBe(true);
        expect(parseCoordinates(coordinatesText(read))).toEqual(read);
      }),
      { numRuns: 2_000 },
    );
    for (const unit of ["1", "1,", "N", " ", "°", "1 ", "54.32 N "]) expect(parseCoordinates(unit.repeat(100_000))).toBeNull();
    for (const unit of ["1", "1,", "N", " ", "°", "1 ", "(", ";"]) expect(parseCoordinates(unit.repeat(100).slice(0, 100))).toBeNull();
  });
});
