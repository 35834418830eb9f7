import { Glyph } from "./glyph";
import { type IconName, icons } from "./icons";

export type { IconName } from "./icons";

/** An icon by name: for server components, since it knows them all. The words beside it speak for it. */
export function Icon({ name }: { name: IconName }) {
  return <Glyph d={icons[name]} />;
}
