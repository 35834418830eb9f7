import { createServer, type Socket } from "node:net";
import { listenOnFreePort } from "./listen-on-free-port";

export type ReceivedEmail = { from: string; to: string[]; source: string };
export type SmtpStage = "greeting" | "EHLO" | "AUTH" | "MAIL" | "RCPT" | "DATA" | "content";

const defaultReplies: Record<SmtpStage, string> = {
  greeting: "220 fake ESMTP",
  EHLO: "250-fake\r\n250-AUTH PLAIN\r\n250 8BITMIME",
  AUTH: "235 welcome",
  MAIL: "250 sender fine",
  RCPT: "250 recipient fine",
  DATA: "354 go on",
  content: "250 taken over",
};

/** A reply line, or `silent` or `hang up`. */
type Replies = { [stage in SmtpStage]?: string };

type Behaviour = {
  replies: Replies;
  /** Awaited before the final reply, after the message was taken. */
  beforeFinalReply: () => Promise<void> | void;
  receive: (message: ReceivedEmail) => void;
};

/** Handles one SMTP session and passes each complete message to `receive`. */
function session(socket: Socket, behaviour: Behaviour) {
  const { replies } = behaviour;
  let message: ReceivedEmail = { from: "", to: [], source: "" };
  let pending = "";
  let inContent = false;
  const lineOf = (stage: SmtpStage) => replies[stage] ?? defaultReplies[stage];
  const isPositive = (line: string) => line.startsWith("2") || line.startsWith("3");
  const reply = (stage: SmtpStage) => {
    const line = lineOf(stage);
    if (line === "hang up") socket.destroy();
    else if (line !== "silent") socket.write(`${line}\r\n`);
    return isPositive(line);
  };
  const command = (line: string) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO" || verb === "HELO") reply("EHLO");
    else if (verb === "AUTH") reply("AUTH");
    else if (verb === "MAIL" && reply("MAIL")) message = { from: line.slice(10), to: [], source: "" };
    else if (verb === "RCPT" && reply("RCPT")) message.to.push(line.slice(8));
    else if (verb === "DATA") inContent = reply("DATA");
    else if (verb === "QUIT") socket.end("221 bye\r\n");
    else if (verb === "RSET") socket.write("250 reset\r\n");
  };
  const content = (line: string) => {
    if (line !== ".") return void (message.source += `${line}\n`);
    inContent = false;
    if (isPositive(lineOf("content"))) behaviour.receive(message);
    void Promise.resolve(behaviour.beforeFinalReply()).then(() => reply("content"));
  };
  socket.setEncoding("utf8").on("data", (chunk) => {
    const lines = (pending + String(chunk)).split("\r\n");
    pending = lines.pop() ?? "";
    for (const line of lines) (inContent ? content : command)(line);
  });
  reply("greeting");
}

/** Starts a fake SMTP server that stores accepted mail; replies can be set per stage, and the final one delayed. */
export async function fakeSmtp() {
  const received: ReceivedEmail[] = [];
  const behaviour: Behaviour = { replies: {}, beforeFinalReply: () => {}, receive: (message) => received.push(message) };
  const server = createServer((socket) => session(socket, behaviour));
  const { port, close } = await listenOnFreePort(server);
  return { url: `smtp://user:canary-secret@127.0.0.1:${port}`, received, behaviour, replies: behaviour.replies, close };
}
