import { html, hrefOf } from "@/components/ui/html";
import { type IconName, iconHtml } from "@/components/ui/icon";
import { Markup } from "@/components/ui/markup";
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

type ChoiceMenuProps = {
  label: string;
  name: string;
  /** The first is the default: its link leaves the parameter out. */
  options: readonly Choice[];
  params: Params;
  path: string;
  icon?: IconName;
};

/** One of a few, each a link: the time period for instance. */
export function ChoiceMenu({ label, name, options, params, path, icon }: ChoiceMenuProps) {
  const [first] = options;
  const asked = oneOf(params, name);
  const current = options.find(({ value }) => value === asked) ?? first;
  const entry = ({ value, label: text }: Choice) => {
    const href = hrefWith(path, params, { [name]: value === first?.value ? undefined : value });
    if (value !== current?.value) return html`<a href="${hrefOf(href)}">${text}</a>`;
    return html`<a href="${hrefOf(href)}" aria-current="true">${text}${iconHtml("check")}</a>`;
  };
  return (
    <Menu id={`choice-${name}`} label={label} value={current?.label ?? ""} icon={icon} on={current !== first} only="value">
      <Markup as="div" html={html`${options.map(entry)}`} />
    </Menu>
  );
}
