import { inputClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { search } from "@/components/ui/icons";
import { HiddenParams } from "./hidden-params";
import { oneOf, type Params } from "./url";

type SearchFormProps = { name: string; label: string; params: Params; path: string; className?: string };

/** The search of a list, as a GET form. */
export function SearchForm({ name, label, params, path, className = "" }: SearchFormProps) {
  return (
    <form className={`relative ${className}`} role="search" action={path} data-autosubmit="">
      <span className="pointer-events-none absolute inset-y-0 start-2.5 flex items-center text-muted">
        <IconPath d={search} />
      </span>
      <HiddenParams params={params} without={[name]} />
      <input
        type="search"
        className={`${inputClass} ps-8.5`}
        name={name}
        aria-label={label}
        placeholder={label}
        defaultValue={oneOf(params, name)}
        maxLength={200}
        autoComplete="off"
      />
    </form>
  );
}
