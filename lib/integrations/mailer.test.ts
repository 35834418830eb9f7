import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { errorBody, fakeResend, type SimulatedFailure } from "./fake-resend";
import { fakeSmtp, type SmtpStage } from "./fake-smtp";
import { createMailer, type EmailMessage, type Mailer } from "./mailer";
import { PermanentError, redactResponse, parseRetryAfter, ServiceUnavailableError, TransientError } from "./service-errors";
import { resendMailer } from "./resend-mailer";
import { smtpMailer, smtpTimeouts } from "./smtp-mailer";

const from = "Signalbox <no-reply@portal.example>";
const message: EmailMessage = {
  id: "0199aa00-0000-7000-8000-000000000001",
  to: "maria.berg@acme.test",
  subject: "Invitation to Zürich",
  html: "<p>Open https://portal.example/invite/1</p>",
  text: "Open https://portal.example/invite/1",
};
const timeoutFor = (trouble: unknown) => (trouble === "silent" ? 200 : 10_000);
const closedPort = "127.0.0.1:1";

const failureOf = (mailer: Mailer, sent: EmailMessage = message): Promise<unknown> =>
  mailer.deliver(sent).then(
    () => "delivered",
    (error: unknown) => error,
  );

let resend: Awaited<ReturnType<typeof fakeResend>>;
let smtp: Awaited<ReturnType<typeof fakeSmtp>>;

beforeAll(async () => {
  [resend, smtp] = await Promise.all([fakeResend(), fakeSmtp()]);
});

afterEach(() => {
  resend.accepted.clear();
  resend.state.failure = null;
  smtp.received.length = 0;
  smtp.behaviour.beforeFinalReply = () => {};
  for (const stage of Object.keys(smtp.replies)) Reflect.deleteProperty(smtp.replies, stage);
});

afterAll(() => Promise.all([resend.close(), smtp.close()]));

const multipleRecipients = [
  "a@victim.test, b@attacker.test",
  "a@victim.test>, <b@attacker.test",
  '"e@attacker.test"@victim.test',
  "a@victim.test\r\nRCPT TO:<b@attacker.test>",
  "b@attacker.test＠victim.test",
  "Victim <a@victim.test>",
];

describe("Resend", () => {
  const mailer = (timeoutMs = 10_000) => resendMailer({ key: "re_canary", from, url: `${resend.url}/`, timeoutMs });

  test("sends the message to one recipient with its id as idempotency key", async () => {
    await mailer().deliver(message);
    const { id, to, ...rest } = message;
    expect([...resend.accepted]).toEqual([[id, { from, to: [to], ...rest }]]);
    expect(resend.state.authorization).toBe("Bearer re_canary");
  });

  test("REL-7: sending the same message twice delivers one mail", async () => {
    await mailer().deliver(message);
    await mailer().deliver(message);
    expect(resend.accepted.size).toBe(1);
  });

  test.each<[string, SimulatedFailure]>([
    ["too many", { status: 429, body: errorBody(429, "rate_limit_exceeded") }],
    ["down", { status: 503, body: "<html>down</html>" }],
    ["broken", { status: 500, body: errorBody(500, "application_error") }],
    ["wrong key", { status: 401, body: errorBody(401, "invalid_api_key") }],
    ["domain not verified", { status: 403, body: errorBody(403, "validation_error") }],
    ["first call still under way", { status: 409, body: errorBody(409, "concurrent_idempotent_requests") }],
    ["odd answer", { status: 200, body: {} }],
    ["odd error", { status: 400, body: "null" }],
    ["hangs up", "hang up"],
    ["silent", "silent"],
  ])("REL-7: %s is a transient error", async (_, trouble) => {
    resend.state.failure = trouble;
    const failure = await failureOf(mailer(timeoutFor(trouble)));
    expect(failure).toBeInstanceOf(TransientError);
    expect(String(failure)).not.toMatch(/@|re_canary|invite/);
  });

  test("REL-7: a refused connection is a transient error", async () => {
    const failure = await failureOf(resendMailer({ key: "re_canary", from, url: `http://${closedPort}` }));
    expect(failure).toBeInstanceOf(TransientError);
  });

  test.each<[number, boolean]>([[429, true], [401, true], [503, true], [409, false]])("status %i concerns every message: %s", async (status, concernsAll) => {
    resend.state.failure = { status, body: errorBody(status, "concurrent_idempotent_requests") };
    expect((await failureOf(mailer())) instanceof ServiceUnavailableError).toBe(concernsAll);
  });

  test("passes the Retry-After of the service on", async () => {
    const body = errorBody(429, "rate_limit_exceeded");
    resend.state.failure = { status: 429, body, headers: { "retry-after": "17" } };
    expect(await failureOf(mailer())).toMatchObject({ retryAfterSeconds: 17 });
  });

  test.each([[400], [413], [422]])("status %i is a permanent error", async (status) => {
    resend.state.failure = { status, body: errorBody(status, "validation_error") };
    expect(await failureOf(mailer())).toBeInstanceOf(PermanentError);
  });

  test("another message under the same id is a permanent error", async () => {
    await mailer().deliver(message);
    expect(await failureOf(mailer(), { ...message, subject: "Another" })).toBeInstanceOf(PermanentError);
    expect(resend.accepted.size).toBe(1);
  });

  test.each(multipleRecipients.map((to) => [to]))("LNK-8: %j is sent to nobody", async (to) => {
    const before = resend.state.calls;
    expect(await failureOf(mailer(), { ...message, to })).toBeInstanceOf(PermanentError);
    expect(resend.state.calls).toBe(before);
  });
});

describe("SMTP", () => {
  const mailer = (timeoutMs = 10_000) =>
    smtpMailer({ server: smtp.url, from, timeouts: { connectMs: timeoutMs, greetingMs: timeoutMs, replyMs: timeoutMs } });

  test("sends the message to one recipient with both parts and its id as Message-ID", async () => {
    await mailer().deliver(message);
    expect(smtp.received).toHaveLength(1);
    const [{ from: sender, to, source } = { from: "", to: [], source: "" }] = smtp.received;
    expect(sender).toContain("<no-reply@portal.example>");
    expect(to).toEqual(["<maria.berg@acme.test>"]);
    expect(source).toContain(`Message-ID: <${message.id}@portal.example>`);
    expect(source).toMatch(/^To: maria\.berg@acme\.test$/m);
    expect(source).toMatch(/text\/plain[\s\S]+text\/html/);
  });

  test("REL-7: sending the same message twice uses the same Message-ID", async () => {
    await mailer().deliver(message);
    await mailer().deliver(message);
    const ids = smtp.received.map(({ source }) => /^Message-ID: (.*)$/m.exec(source)?.[1]);
    expect(new Set(ids).size).toBe(1);
  });

  test("line breaks in the subject add no header", async () => {
    await mailer().deliver({ ...message, subject: "Acme\r\nBcc: b@attacker.test" });
    expect(smtp.received.map(({ to }) => to)).toEqual([["<maria.berg@acme.test>"]]);
    expect(smtp.received[0]?.source).not.toMatch(/^Bcc:/m);
  });

  test.each<[SmtpStage, string]>([
    ["greeting", "421 closing"],
    ["greeting", "554 not from here"],
    ["greeting", "silent"],
    ["greeting", "hang up"],
    ["EHLO", "silent"],
    ["AUTH", "535 wrong password"],
    ["AUTH", "454 try later"],
    ["MAIL", "550 sender unknown"],
    ["RCPT", "450 mailbox busy a@b.test"],
    ["RCPT", "silent"],
    ["DATA", "451 try later"],
    ["content", "452 no room"],
    ["content", "hang up"],
    ["content", "silent"],
  ])("REL-7: %s with the reply %j is a transient error", async (stage, line) => {
    smtp.replies[stage] = line;
    const failure = await failureOf(mailer(timeoutFor(line)));
    expect(failure).toBeInstanceOf(TransientError);
    expect(String(failure)).not.toMatch(/@|canary|invite/);
    expect(smtp.received).toEqual([]);
  });

  test("RFC 5321 4.5.3.2: the greeting has five minutes, the final reply ten", () => {
    expect(smtpTimeouts).toMatchObject({ greetingMs: 300_000, replyMs: 600_000 });
  });

  test("twenty messages at once and twenty later arrive once each, over at most ten connections", async () => {
    const pooled = mailer();
    const ids = Array.from({ length: 40 }, (_, index) => `0199aa00-0000-7000-8000-0000000001${String(index).padStart(2, "0")}`);
    for (const half of [ids.slice(0, 20), ids.slice(20)]) await Promise.all(half.map((id) => pooled.deliver({ ...message, id })));
    expect(smtp.received).toHaveLength(40);
    expect(new Set(smtp.received.map(({ source }) => /^Message-ID: <(.*)@/m.exec(source)?.[1]))).toEqual(new Set(ids));
    expect(smtp.received.every(({ to }) => to.length === 1)).toBe(true);
  });

  test("a message is not sent again by itself when the connection is lost before the final reply", async () => {
    let complete = 0;
    smtp.replies.content = "hang up";
    smtp.behaviour.beforeFinalReply = () => void (complete += 1);
    expect(await failureOf(mailer())).toBeInstanceOf(TransientError);
    expect(complete).toBe(1);
  });

  test("a refused message leaves the connection to the next one", async () => {
    const pooled = mailer();
    smtp.replies.RCPT = "550 no such mailbox";
    expect(await failureOf(pooled)).toBeInstanceOf(PermanentError);
    delete smtp.replies.RCPT;
    await pooled.deliver({ ...message, id: "0199aa00-0000-7000-8000-000000000002" });
    expect(smtp.received).toHaveLength(1);
  });

  test.each<[SmtpStage, string, boolean]>([
    ["greeting", "421 closing", true],
    ["AUTH", "535 wrong password", true],
    ["MAIL", "550 sender unknown", true],
    ["RCPT", "421 closing", true],
    ["RCPT", "450 mailbox busy", false],
    ["content", "452 no room", false],
  ])("%s with the reply %j concerns every message: %s", async (stage, line, concernsAll) => {
    smtp.replies[stage] = line;
    expect((await failureOf(mailer())) instanceof ServiceUnavailableError).toBe(concernsAll);
  });

  test("REL-7: a refused connection is a transient error", async () => {
    expect(await failureOf(smtpMailer({ server: `smtp://${closedPort}`, from }))).toBeInstanceOf(TransientError);
  });

  test.each<[SmtpStage, string]>([
    ["RCPT", "550 no such mailbox maria.berg@acme.test"],
    ["DATA", "554 refused"],
    ["content", "554 not wanted"],
  ])("%s with the reply %j is a permanent error", async (stage, line) => {
    smtp.replies[stage] = line;
    const failure = await failureOf(mailer());
    expect(failure).toBeInstanceOf(PermanentError);
    expect(String(failure)).not.toContain("@");
  });

  test.each(multipleRecipients.map((to) => [to]))("LNK-8: %j is sent to nobody", async (to) => {
    expect(await failureOf(mailer(), { ...message, to })).toBeInstanceOf(PermanentError);
    expect(smtp.received).toEqual([]);
  });
});

test("Resend comes before SMTP before the local mailbox, and without any the error says so", () => {
  const mailbox: Mailer = { name: "mailbox", concurrency: 1, deliver: () => Promise.resolve() };
  const settings = { MAIL_FROM: from, RESEND_API_KEY: "re_1", SMTP_URL: "smtp://mail.example" };
  expect(createMailer(settings, mailbox).name).toBe("resend");
  expect(createMailer({ ...settings, RESEND_API_KEY: undefined }, mailbox).name).toBe("smtp");
  expect(createMailer({ MAIL_FROM: from }, mailbox)).toBe(mailbox);
  expect(() => createMailer({ MAIL_FROM: from }, null)).toThrow("RESEND_API_KEY or SMTP_URL");
});

test("AUD-3: the response of a service is logged on one short line without addresses and links", () => {
  expect(redactResponse("550 no\r\n<a@b.test>,\tc.d@e.test \0x")).toBe("550 no <(address)>, (address) x");
  expect(redactResponse("spam: https://portal.example/reset/canary")).toBe("spam: (link)");
  expect(redactResponse("x".repeat(1_000))).toHaveLength(200);
  expect(["0", "90000", "soon", null].map(parseRetryAfter)).toEqual([1, 3_600, undefined, undefined]);
});
