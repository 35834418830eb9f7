import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { fakeGeocoder, geocoded } from "@/lib/integrations/fake-geocoder";
import { findPlaces, proposedCountry } from "@/lib/places/queries";
import { connectAsOwner, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

const geocoder = await fakeGeocoder([geocoded("Invalidenstraße 4, Mitte, Berlin, 10115, Germany", 52.53, 13.38)]);
process.env.GEOCODER_URL = geocoder.url;
const owner = connectAsOwner();

afterAll(async () => {
  await geocoder.close();
  await owner.end();
});

beforeEach(async () => {
  geocoder.state.failure = null;
  geocoder.state.requests = [];
  await owner`delete from rate_limit_counters where key like 'geocoder:%'`;
});

const labels = async (search: string) => (await findPlaces(await newSuperUser(), { search })).places.map(({ label }) => label);

describe("SIT-3: the gazetteer", () => {
  test("SIT-3: a town is found by words of its name, region and country, the biggest first", async () => {
    const { places } = await findPlaces(await newSuperUser(), { search: "kiel" });
    expect(places[0]).toEqual({ label: "Kiel, Germany", latitude: expect.closeTo(54.32, 1), longitude: expect.closeTo(10.13, 1), country: "DE", timeZone: "Europe/Berlin" });
    expect(places.map(({ label }) => label)).toContain("Kiel, WI, United States");
    expect((await labels("GDANSK"))[0]).toBe("Gdańsk, Poland");
    expect((await labels("zurich ch"))[0]).toBe("Zürich, ZH, Switzerland");
    expect((await labels("sao paulo, brazil"))[0]).toBe("São Paulo, Brazil");
    expect(await labels("springfield")).toHaveLength(8);
    expect(await labels("%_\0")).toEqual([]);
    expect(await labels("nowhereatall")).toEqual([]);
  });

  test("SIT-3: an address finds its town", async () => {
    const { places } = await findPlaces(await newSuperUser(), { search: "Invalidenstraße 4, 10115 Berlin" });
    expect(places[0]).toMatchObject({ label: "Berlin, Germany", isTown: true });
    expect((await labels("1601 S. Deanza Blvd., Cupertino, CA, 95014"))[0]).toBe("Cupertino, CA, United States");
    expect((await labels("Holtenauer Straße 12 24105 Kiel"))[0]).toBe("Kiel, Germany");
  });

  test("SIT-3: towns of one name are told apart", async () => {
    const found = await labels("neustadt germany");
    expect(new Set(found).size).toBe(found.length);
  });

  test("SIT-2, SIT-3: typed coordinates propose time zone and country", async () => {
    const { places } = await findPlaces(await newSuperUser(), { search: `27° 43' N 85° 19' E` });
    expect(places).toEqual([{ label: "27.716667, 85.316667", latitude: 27.716667, longitude: 85.316667, country: "NP", timeZone: "Asia/Kathmandu" }]);
    const sea = await findPlaces(await newSuperUser(), { search: "-40, -30" });
    expect(sea.places).toEqual([{ label: "-40, -30", latitude: -40, longitude: -30, country: undefined, timeZone: undefined }]);
    expect(await proposedCountry({ latitude: 42.66, longitude: 21.16 })).toBe("XK");
  });

  test("SIT-3: who may not change sites gets no answer, and who may change some of them does", async () => {
    const superUser = await newSuperUser();
    const observer = await newMember(superUser.org, "observer");
    await expect(findPlaces(observer, { search: "kiel" })).rejects.toMatchObject({ code: "forbidden" });
    const scoped = await newMember(superUser.org, "network_admin", [(await newSite(superUser.org)).id]);
    expect((await findPlaces(scoped, { search: "kiel" })).places.length).toBeGreaterThan(0);
    for (const nothing of [{ search: " " }, {}]) await expect(findPlaces(superUser, nothing)).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("SIT-3: the geocoder", () => {
  const address = { address: "invalidenstraße 4" };

  test("SIT-3: it is asked for addresses, and not while somebody types", async () => {
    const superUser = await newSuperUser();
    await findPlaces(superUser, { search: "invalidenstraße 4" });
    expect(geocoder.state.requests).toEqual([]);
    expect(await findPlaces(superUser, address)).toEqual({
      places: [{ label: "Invalidenstraße 4, Mitte, Berlin, 10115, Germany", latitude: 52.53, longitude: 13.38, country: "DE", timeZone: "Europe/Berlin" }],
    });
    const [request] = geocoder.state.requests;
    expect(request?.url.pathname).toBe("/nominatim/search");
    expect(Object.fromEntries(request?.url.searchParams ?? [])).toMatchObject({ q: "invalidenstraße 4", format: "jsonv2", limit: "5" });
    expect(request?.userAgent).toContain("Signalbox (");
  });

  test("SIT-3: the installation asks once a second, and the gazetteer answers meanwhile", async () => {
    const [one, other] = [await newSuperUser(), await newSuperUser()];
    const asked = [one, other, one, other].map((actor) => findPlaces(actor, { address: "Kiel" }));
    const answers = await Promise.all(asked);
    expect(geocoder.state.requests).toHaveLength(1);
    expect(answers.filter(({ isFallback }) => isFallback)).toHaveLength(3);
    expect(answers.find(({ isFallback }) => isFallback)?.places[0]?.label).toBe("Kiel, Germany");
  });

  const wrong = JSON.stringify([{ ...geocoded("Kiel", 54.3, 10.1), lat: "north" }]);
  test.each([
    ["hangs up", "hang up"],
    ["fails", { status: 503 }],
    ["redirects", { status: 302, headers: { location: "http://127.0.0.1:1/" } }],
    ["answers with something else", { status: 200, body: "<html>" }],
    ["answers with places that are none", { status: 200, body: wrong }],
    ["answers too much", { status: 200, body: `["${"a".repeat(300_000)}"]` }],
    ["does not answer", "silent"],
  ] as const)("SIT-3: the gazetteer answers instead when it %s", async (_name, failure) => {
    geocoder.state.failure = failure;
    const { places, isFallback } = await findPlaces(await newSuperUser(), { address: "Kiel" });
    expect([places[0]?.label, isFallback]).toEqual(["Kiel, Germany", true]);
  });

  test("SIT-3: labels fit into the address", async () => {
    geocoder.state.failure = { status: 200, body: JSON.stringify([geocoded(`Kiel, ${"Holstein, ".repeat(30)}`, 54, 10), geocoded("a".repeat(900), 54, 10)]) };
    const { places } = await findPlaces(await newSuperUser(), address);
    expect(places.map(({ label }) => label.length)).toEqual([expect.any(Number), 200]);
    expect(places[0]?.label).toMatch(/Holstein$/);
    expect(places[0]?.label.length).toBeLessThanOrEqual(200);
  });
});
