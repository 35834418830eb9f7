import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import { Time } from "@/components/ui/time";
import { describeClient } from "@/lib/accounts/rules";
import type { OwnSession } from "@/lib/sessions/queries";
import { describeMethods } from "@/lib/sessions/rules";

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Browser and operating system of a session: "Firefox on Linux". */
export const deviceLabel = ({ userAgent }: Pick<OwnSession, "userAgent">) => capital(describeClient({ userAgent, ipAddress: null }));

/** The other details of a session. */
export const sessionDetails = ({ ipAddress, methods, signedInAt, lastUsedAt }: OwnSession, times: DateTimeOptions) => [
  <>
    Signed in with {describeMethods(methods)}, <Time at={signedInAt} {...times} />
    {ipAddress && `, from ${ipAddress}`}
  </>,
  <>
    Last used <Time at={lastUsedAt} {...times} />
  </>,
];
