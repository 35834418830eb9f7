const maxVlanId = 4_094;

const isVlanId = (text: string) => /^[1-9]\d{0,3}$/.test(text) && Number(text) <= maxVlanId;

/** What is wrong with a VLAN ID, or undefined. */
export const vlanIdProblem = (text: string): string | undefined => (isVlanId(text.trim()) ? undefined : `Enter a VLAN ID from 1 to ${maxVlanId}`);

/** The items of a list of VLAN IDs and ranges: "200,222" or "20-30". */
const vlanItems = (text: string) => text.split(",").map((item) => item.trim());

function isVlanItem(item: string): boolean {
  const [first = "", last, ...rest] = item.split("-").map((id) => id.trim());
  if (last === undefined) return isVlanId(first);
  return rest.length === 0 && isVlanId(first) && isVlanId(last) && Number(first) <= Number(last);
}

/** What is wrong with VLAN IDs, each a number or a range, separated by commas; undefined when nothing is. */
export function vlanListProblem(text: string): string | undefined {
  const wrong = vlanItems(text).find((item) => !isVlanItem(item));
  return wrong === undefined ? undefined : `Enter VLAN IDs from 1 to ${maxVlanId}, like 200,222 or 20-30`;
}

/** The VLAN IDs of a valid list, each once, in ascending order. */
export function vlanIdsOf(text: string): number[] {
  const ids = vlanItems(text).flatMap((item) => {
    const [first = 0, last = first] = item.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
  return [...new Set(ids)].toSorted((one, other) => one - other);
}
