import * as z from "zod/mini";
import { formatMac, macDigits } from "@/lib/shared/mac-address";
import { numberCell, type Row, rowsField } from "@/lib/shared/settings/rows";
import { defineSection } from "@/lib/shared/settings/section";
import { boundedArray, boundedText, singleLine } from "@/lib/shared/text-schemas";

type ZoneDevice = { mac?: string; device_id?: string; rssi: number };

const name = singleLine(64);
const rssi = numberCell({ key: "rssi", label: "Distance (dBm)", placeholder: "-70", min: -100, max: 0, required: true });

const idOfMac = "00000000-0000-0000-1000-";
const macOf = ({ mac, device_id: id = "" }: ZoneDevice) => mac ?? id.slice(idOfMac.length);

const mac = boundedText(12).check(z.regex(/^[\da-f]{12}$/));
const deviceId = boundedText(36).check(z.regex(/^0{8}-0{4}-0{4}-1000-[\da-f]{12}$/));
const device = z.union([z.strictObject({ mac, rssi: rssi.value }), z.strictObject({ device_id: deviceId, rssi: rssi.value })]);

const mostDevices = 40;
const tooMany = `Enter at most ${mostDevices}`;

const typedMacs = z.pipe(
  boundedText(mostDevices * 20, { tooLong: tooMany }),
  z.transform((text, context) => {
    const typed = text.split(/[\s,;]+/).filter(Boolean);
    const wrong = typed.find((one) => macDigits(one) === undefined);
    const problem = typed.length === 0 ? "enter at least one MAC address" : typed.length > mostDevices ? tooMany : wrong !== undefined ? `${wrong} is no MAC address` : undefined;
    if (problem !== undefined) context.issues.push({ code: "custom", message: problem, input: text });
    return [...new Set(typed.map((one) => macDigits(one) ?? ""))];
  }),
);

const max = 50;

/** A zone as a row, with the devices as they are stored beside it. */
const rowOf = (zone: Row): Row => {
  const devices = zone.devices as ZoneDevice[];
  return { ...zone, rssi: devices[0]?.rssi, macs: devices.map(macOf) };
};

/** The zone of a row; devices that are as before stay as they were stored. */
function zoneOf({ rssi: distance, macs, devices, ...zone }: Row): Row {
  const before = (devices ?? []) as ZoneDevice[];
  const isSame = before[0]?.rssi === distance && JSON.stringify(before.map(macOf)) === JSON.stringify(macs);
  return { ...zone, devices: isSame ? before : (macs as string[]).map((one) => ({ mac: one, rssi: distance })) };
}

export const zones = defineSection({
  id: "zones",
  title: "Zones",
  description: "Areas around access points that clients enter and leave, by the strength of their signal.",
  fields: {
    rssizones: rowsField({
      label: "Proximity zones",
      hint: "Access points are named by their MAC addresses, one or several, until the inventory lists them. The distance is the RSSI at which a client is in the zone.",
      add: "Add Zone",
      max,
      row: {
        value: boundedArray(z.strictObject({ name, devices: boundedArray(device, mostDevices, tooMany).check(z.minLength(1, "Enter at least one")) }), max, `Enter at most ${max}`),
        read: (stored) => ((stored ?? []) as Row[]).map(rowOf),
        write: (rows) => rows.map(zoneOf),
      },
      columns: [
        { key: "name", label: "Name", kind: "text", schema: name },
        rssi,
        {
          key: "macs",
          label: "Access points",
          kind: "text",
          wide: true,
          placeholder: "5c:5b:35:00:00:01",
          schema: typedMacs,
          toText: (macs) => (macs as string[]).map((one) => formatMac(one, "colon")).join(" "),
        },
      ],
    }),
  },
});
