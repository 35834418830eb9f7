import "server-only";
import { answerError, connectionToTest } from "@/lib/cloudshark/rules";
import { TestCloudShark } from "@/lib/cloudshark/schema";
import { askCloudShark } from "@/lib/integrations/cloudshark";
import { command } from "@/lib/kernel/command";
import { consumeLimit } from "@/lib/kernel/rate-limits";
import { RejectAfterCommit } from "@/lib/kernel/reject-after-commit";
import { secretOf, settingsOf } from "@/lib/settings/internal";
import { textAt } from "@/lib/shared/settings/document";

const outcomes = { accepted: "accepted", refused: "the token was refused", unreachable: "no answer" };

/** Asks CloudShark whether it accepts the typed token, or the one that is set. */
export const testCloudShark = command({
  permission: "settings.update",
  input: TestCloudShark,
  async prepare({ actor: { orgId }, inTransaction }, { token, url: base }) {
    const connection = await inTransaction(async (tx) => {
      await consumeLimit(tx, "connection_test", orgId);
      const { document } = await settingsOf(tx, orgId);
      const stored = { base: textAt(document, "cloudshark.url"), token: await secretOf(tx, orgId, "cloudshark.apitoken") };
      return connectionToTest({ base, token }, stored);
    });
    return askCloudShark(connection);
  },
  async run({ actor, prepared: answer, record }) {
    await record("cloudshark.tested", { subject: { id: actor.orgId, label: "CloudShark" }, note: outcomes[answer.result] });
    const error = answerError(answer);
    return error ? new RejectAfterCommit(error) : { result: answer.result };
  },
});
