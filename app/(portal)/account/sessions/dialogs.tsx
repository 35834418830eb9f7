import { buttonRow, LinkButton } from "@/components/ui/button";
import { formStack } from "@/components/ui/form-class";
import { Row, Rows } from "@/components/ui/rows";
import { Dialog } from "@/components/ui/dialog";
import { listOwnSessions } from "@/lib/sessions/queries";
import { timeFormat } from "@/lib/web/page";
import type { DialogsProps } from "../search-params";
import { EndForm } from "./end-form";
import { deviceLabel, sessionDetails } from "./labels";

const closeHref = "/account#sessions";

export async function SessionDialogs({ session, query: { dialog, session: wanted } }: DialogsProps) {
  if (dialog !== "end-session" && dialog !== "end-sessions") return null;
  const others = (await listOwnSessions(session)).filter(({ isThis }) => !isThis);
  const times = await timeFormat(session);
  if (dialog === "end-sessions") {
    const count = others.length === 1 ? "One other browser is" : `${others.length} other browsers are`;
    return (
      <Dialog title="End all other sessions?" closeHref={closeHref}>
        <div className={formStack}>
          <p>{others.length === 0 ? "No other browser is signed in." : `${count} signed out immediately. This one stays signed in.`}</p>
          {others.length > 0 ? <EndForm closeHref={closeHref} /> : <div className={buttonRow}><LinkButton href={closeHref}>Done</LinkButton></div>}
        </div>
      </Dialog>
    );
  }
  const ended = others.find(({ id }) => id === wanted);
  if (!ended) return null;
  return (
    <Dialog title={`End the session in ${deviceLabel(ended)}?`} closeHref={closeHref}>
      <div className={formStack}>
        <Rows label="Session">
          <Row title={deviceLabel(ended)} facts={sessionDetails(ended, times)} />
        </Rows>
        <p>This browser is signed out immediately. Unsaved changes there are lost.</p>
        <EndForm sessionId={ended.id} closeHref={closeHref} />
      </div>
    </Dialog>
  );
}
