import { Menu } from "@/components/ui/menu";
import { Kept } from "./kept";
import { hrefWith, listOf, oneOf, type Params } from "./url";

export type Choice = { value: string; label: string };

type FilterMenuProps = {
  label: string;
  name: string;
  options: readonly Choice[];
  params: Params;
  path: string;
  /** Parameter by which the server narrows the options; without it the browser narrows those that are there. */
  find?: string;
};

/** Several of many: "Admins All", "Admins 2". */
export function FilterMenu({ label, name, options, params, path, find }: FilterMenuProps) {
  const chosen = new Set(listOf(params, name));
  const many = options.length > 8 || find !== undefined;
  return (
    <Menu id={`filter-${name}`} label={label} value={chosen.size === 0 ? "All" : String(chosen.size)} on={chosen.size > 0}>
      <form action={path} data-live="" data-narrow="">
        <Kept params={params} without={find === undefined ? [name] : [name, find]} />
        {many && (
          <input
            type="search"
            className="input"
            name={find}
            defaultValue={find && oneOf(params, find)}
            aria-label={`Find in ${label}`}
            placeholder="Type to find"
            autoComplete="off"
            data-live={find === undefined ? undefined : ""}
            data-narrows=""
          />
        )}
        <fieldset className="checks">
          <legend className="sr-only">{label}</legend>
          {options.map(({ value, label: text }) => (
            <label key={value}>
              <input type="checkbox" name={name} value={value} defaultChecked={chosen.has(value)} />
              {text}
            </label>
          ))}
        </fieldset>
        <div className="menu-foot">
          <button className="button primary script-off">Apply</button>
          {chosen.size > 0 && <a href={hrefWith(path, params, { [name]: undefined })}>Clear</a>}
        </div>
      </form>
    </Menu>
  );
}
