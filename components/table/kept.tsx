import { entriesOf, type Params } from "./url";

/** The rest of the address, carried along by a GET form. */
export function Kept({ params, without }: { params: Params; without: readonly string[] }) {
  return entriesOf(params, without).map(([name, value]) => (
    <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
  ));
}
