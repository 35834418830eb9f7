import { asciiForm } from "./typed-text";

/** A place on the earth in degrees (WGS 84): latitude from -90 to 90, longitude from -180 to 180. */
export type Coordinates = { latitude: number; longitude: number };

type Axis = "latitude" | "longitude";
type Part = { degrees: number; axis?: Axis };

const longest = 100;
const decimals = 6;

const number = String.raw`\d{1,3}(?:[.,]\d{1,15})?`;
const degreesPattern = new RegExp(`^([+-]?)(${number}) ?(°?)(?: ?(${number}) ?'?(?: ?(${number}) ?(?:"|'')?)?)?$`);

/** Text with one kind of quotes, degree signs and dashes, without the words and brackets around coordinates. */
function plainForm(text: string): string {
  return asciiForm(text.replaceAll(/[′’‘´]/g, "'").replaceAll(/[″”“]/g, '"').replaceAll(/[º˚]/g, "°"))
    .toUpperCase()
    .replaceAll(/^GEO:|\b(?:LATITUDE|LONGITUDE|LAT|LNG|LON)\b[:=]?/g, "")
    .replaceAll(/^ *[([]|[)\]] *$/g, "")
    .replaceAll(/ +/g, " ")
    .trim();
}

// From the least to the most ambiguous: "54,32" is two whole numbers, and "54,32 10,13" two with a decimal comma.
const separations = [
  /^([^;]+);([^;]+)$/,
  /^([^NS]*[NS]),? ?([^EW]*[EW])$/,
  /^([^EW]*[EW]),? ?([^NS]*[NS])$/,
  /^([NS][^EW]*?),? ?([EW][^NS]*)$/,
  /^([EW][^NS]*?),? ?([NS][^EW]*)$/,
  /^(.+), ([^ ].*)$/,
  /^([^,]+),([^,]+)$/,
  /^([+-]?\d+,\d+),([+-]?\d+,\d+)$/,
  /^([+-]?\d+[.,]\d+) ([+-]?\d+[.,]\d+)$/,
  /^([^°]+°[^°]*?) ?([+-]?\d+(?:[.,]\d+)? ?°[^°]*)$/,
];

const toNumber = (text = "0") => Number(text.replace(",", "."));
const isWhole = (text: string) => /^\d+$/.test(text);

function parsePart(typed: string): Part | undefined {
  const [, before = "", body = "", after = ""] = /^([NSEW]?) ?(.*?) ?([NSEW]?)$/.exec(typed.trim()) ?? [];
  if (before && after) return undefined;
  const letter = before || after;
  const [, sign, degrees = "", mark, minutes, seconds] = degreesPattern.exec(body) ?? [];
  if (degrees === "" || (sign && letter)) return undefined;
  const hasMinutes = minutes !== undefined;
  if (hasMinutes && ((!letter && !mark) || !isWhole(degrees) || toNumber(minutes) >= 60)) return undefined;
  if (seconds !== undefined && (!isWhole(minutes ?? "") || toNumber(seconds) >= 60)) return undefined;
  const size = toNumber(degrees) + toNumber(minutes) / 60 + toNumber(seconds) / 3_600;
  const isNegative = sign === "-" || letter === "S" || letter === "W";
  const axis = letter === "" ? undefined : letter === "N" || letter === "S" ? "latitude" : "longitude";
  return { degrees: isNegative ? -size : size, axis };
}

const rounded = (degrees: number) => Math.round(degrees * 10 ** decimals) / 10 ** decimals + 0;

function inOrder(one: Part, other: Part): Coordinates | undefined {
  if (one.axis !== undefined && one.axis === other.axis) return undefined;
  const isReversed = one.axis === "longitude" || other.axis === "latitude";
  const [latitude, longitude] = isReversed ? [other, one] : [one, other];
  return { latitude: rounded(latitude.degrees), longitude: rounded(longitude.degrees) };
}

/** Whether a latitude and a longitude exist. */
export const isOnEarth = ({ latitude, longitude }: Coordinates): boolean => Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;

/**
 * Coordinates as people type them: decimal with point or comma, with N, S, E, W, or in degrees, minutes and seconds; rounded to
 * six decimals. Null when the text is none; coordinates that do not exist are returned as they are.
 */
export function readCoordinates(text: string): Coordinates | null {
  if (text.length > longest) return null;
  const plain = plainForm(text);
  for (const separation of separations) {
    const [, first, second] = separation.exec(plain) ?? [];
    const [one, other] = [parsePart(first ?? ""), parsePart(second ?? "")];
    const read = one && other && inOrder(one, other);
    if (read) return read;
  }
  return null;
}

/** Coordinates that are typed in a text and exist, or null. */
export function parseCoordinates(text: string): Coordinates | null {
  const read = readCoordinates(text);
  return read && isOnEarth(read) ? read : null;
}

const degreesText = (degrees: number) => rounded(degrees).toFixed(decimals).replace(/\.?0+$/, "");

/** Coordinates as "54.32, 10.13", with at most six decimals. */
export const coordinatesText = ({ latitude, longitude }: Coordinates): string => `${degreesText(latitude)}, ${degreesText(longitude)}`;
