import * as z from "zod/mini";
import { checkField, single, textField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";
import { ssidProblem } from "@/lib/shared/ssid";
import { withVariables } from "@/lib/templates/fields";

const bandNames = { "24": "2.4 GHz", "5": "5 GHz", "6": "6 GHz" } as const;
const allBands = ["24", "5", "6"] as const;
type Band = (typeof allBands)[number];

const bandSets: Band[][] = [["24", "5", "6"], ["24", "5"], ["24", "6"], ["5", "6"], ["24"], ["5"], ["6"]];
const list = new Intl.ListFormat("en-GB");
const bandOptions = bandSets.map((set) => ({ value: set.join(","), label: list.format(set.map((band) => bandNames[band])) }));
const bands = z.array(z.enum(allBands)).check(z.maxLength(allBands.length));
const typedBands = z.pipe(
  z._default(z.enum(bandOptions.map(({ value }) => value) as [string, ...string[]], "Choose the bands"), "24,5,6"),
  z.transform((text: string) => text.split(",") as Band[]),
);
const ordered = (chosen: readonly string[] = allBands) => allBands.filter((band) => chosen.includes(band)).join(",");

const ssid = withVariables(64, z.string().check(({ value, issues }) => {
  const problem = ssidProblem(value);
  if (problem !== undefined) issues.push({ code: "custom", message: problem, input: value });
}));

export const network = defineSection({
  id: "network",
  title: "WLAN",
  description: "The name that clients see, and the radios that send it.",
  fields: {
    ssid: textField({ label: "SSID", schema: ssid, maxLength: 64, required: true, hint: "Up to 32 bytes. It can hold variables, like {{site_code}}-guest." }),
    enabled: checkField({ label: "Enabled", fallback: true }),
    hide_ssid: checkField({ label: "Hide the SSID" }),
    bands: single<Band[]>({ label: "Radio bands", control: { kind: "choice", options: bandOptions, as: "select" }, value: bands, form: typedBands, fallback: [...allBands], format: ordered }),
  },
});
