import { type IconName, icons } from "./icons";

export type { IconName } from "./icons";

/** One of the icons, 16 px, silent to screen readers: the words beside it speak. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={icons[name]} />
    </svg>
  );
}
