import { LinkButton } from "@/components/ui/button";
import { alertClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { triangleAlert } from "@/components/ui/icons";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import { Row, Rows } from "@/components/ui/rows";
import { Section } from "@/components/ui/section";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import { describeClient } from "@/lib/accounts/rules";
import { getAccountActivity, type AuthSession } from "@/lib/sessions/queries";
import { describeFailedAttempts } from "@/lib/sessions/rules";
import { eventMessage } from "@/lib/shared/event-messages";
import { timeFormat } from "@/lib/web/page";
import { deviceLabel, sessionDetails } from "./labels";

type Activity = Awaited<ReturnType<typeof getAccountActivity>>;

const fewSessions = 8;
const more = "w-fit rounded-sm py-1 font-medium text-accent";

export async function SessionSection({ session }: { session: AuthSession }) {
  const [{ sessions, failed, events }, times] = [await getAccountActivity(session), await timeFormat(session)];
  return (
    <Section id="sessions" title="Sessions" description="Where you are signed in. If you don’t recognize a session, end it and change your password.">
      {failed && <Failed failed={failed} times={times} />}
      <SessionRows label="Sessions" sessions={sessions.slice(0, fewSessions)} times={times} />
      {sessions.length > fewSessions && (
        <details>
          <summary className={more}>{sessions.length - fewSessions} more</summary>
          <SessionRows label="More sessions" sessions={sessions.slice(fewSessions)} times={times} />
        </details>
      )}
      {sessions.length > 1 && (
        <div>
          <LinkButton href="/account?dialog=end-sessions">End all others</LinkButton>
        </div>
      )}
      <Events events={events} email={session.account.email} times={times} />
    </Section>
  );
}

function SessionRows({ label, sessions, times }: { label: string; sessions: Activity["sessions"]; times: DateTimeOptions }) {
  return (
    <Rows label={label}>
      {sessions.map((listed) => (
        <Row key={listed.id} title={<>{deviceLabel(listed)}{listed.isThis && <Tag kind="ok">This browser</Tag>}</>} facts={sessionDetails(listed, times)}>
          {!listed.isThis && (
            <LinkButton href={`/account?dialog=end-session&session=${listed.id}`}>
              End<span className="sr-only"> {deviceLabel(listed)}</span>
            </LinkButton>
          )}
        </Row>
      ))}
    </Rows>
  );
}

function Failed({ failed: { count, since, ...last }, times }: { failed: NonNullable<Activity["failed"]>; times: DateTimeOptions }) {
  const from = count === 1 ? "from" : "the last from";
  return (
    <p className={alertClass("warn")}>
      <IconPath d={triangleAlert} />
      <span>
        {describeFailedAttempts(count)}
        {since && <> since <Time at={since} {...times} /></>}, {from} {describeClient(last)}, <Time at={last.at} {...times} />.
      </span>
    </p>
  );
}

type EventsProps = { events: Activity["events"]; email: string; times: DateTimeOptions };

function Events({ events, email, times }: EventsProps) {
  if (events.length === 0) return null;
  return (
    <details>
      <summary className={more}>Recent activity of your account</summary>
      <Rows label="Recent activity">
        {events.map((event) => (
          <Row
            key={event.id}
            title={eventMessage(event.name, email, event.note)}
            facts={[<WhenAndWhere key={event.id} {...event} times={times} />]}
          />
        ))}
      </Rows>
    </details>
  );
}

function WhenAndWhere({ at, ipAddress, userAgent, times }: Pick<Activity["events"][number], "at" | "ipAddress" | "userAgent"> & { times: DateTimeOptions }) {
  return (
    <>
      <Time at={at} {...times} />
      {(ipAddress || userAgent) && `, ${describeClient({ ipAddress, userAgent })}`}
    </>
  );
}
