import type { MomentOptions } from "@/components/ui/moment";
import { Time } from "@/components/ui/time";
import { placeOf } from "@/lib/accounts/rules";
import type { OwnSession } from "@/lib/sessions/queries";
import { methodsInWords } from "@/lib/sessions/rules";

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The browser of a session as its owner would recognise it: "Firefox on Linux". */
export const deviceOf = ({ browser }: Pick<OwnSession, "browser">) => capital(placeOf({ browser, address: null }));

/** What is known of a session besides its browser. */
export const factsOf = ({ address, methods, signedInAt, lastUsedAt }: OwnSession, times: MomentOptions) => [
  <>
    Signed in with {methodsInWords(methods)}, <Time at={signedInAt} {...times} />
    {address && `, from ${address}`}
  </>,
  <>
    Last used <Time at={lastUsedAt} {...times} />
  </>,
];
