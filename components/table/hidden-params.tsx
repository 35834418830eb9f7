import { entriesOf, type Params } from "./url";

/** Hidden fields that keep the other search parameters in a GET form. */
export function HiddenParams({ params, without }: { params: Params; without: readonly string[] }) {
  return entriesOf(params, without).map(([name, value]) => (
    <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
  ));
}
