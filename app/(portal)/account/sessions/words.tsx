import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import { Time } from "@/components/ui/time";
import { describeClient } from "@/lib/accounts/rules";
import type { OwnSession } from "@/lib/sessions/queries";
import { describeMethods } from "@/lib/sessions/rules";

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The browser of a session as its owner would recognise it: "Firefox on Linux". */
export const deviceOf = ({ userAgent }: Pick<OwnSession, "userAgent">) => capital(describeClient({ userAgent, ipAddress: null }));

/** What is known of a session besides its browser. */
export const factsOf = ({ ipAddress, methods, signedInAt, lastUsedAt }: OwnSession, times: DateTimeOptions) => [
  <>
    Signed in with {describeMethods(methods)}, <Time at={signedInAt} {...times} />
    {ipAddress && `, from ${ipAddress}`}
  </>,
  <>
    Last used <Time at={lastUsedAt} {...times} />
  </>,
];
