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

/** Handles one SMTP session and passes each complete message to `receive`. */
function session(socket: Socket, replies: Replies, receive: (message: ReceivedEmail) => void) {
  const message: ReceivedEmail = { from: "", to: [], source: "" };
  let pending = "";
  let inContent = false;
  const reply = (stage: SmtpStage) => {
    const line = replies[stage] ?? defaultReplies[stage];
    if (line === "hang up") socket.destroy();
    else if (line !== "silent") socket.write(`${line}\r\n`);
    return line.startsWith("2") || line.startsWith("3");
  };
  const command = (line: string) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO" || verb === "HELO") reply("EHLO");
    else if (verb === "AUTH") reply("AUTH");
    else if (verb === "MAIL" && reply("MAIL")) message.from = line.slice(10);
    else if (verb === "RCPT" && reply("RCPT")) message.to.push(line.slice(8));
    else if (verb === "DATA") inContent = reply("DATA");
    else if (verb === "QUIT") socket.end("221 bye\r\n");
    else if (verb === "RSET") socket.write("250 reset\r\n");
  };
  const content = (line: string) => {
    if (line !== ".") return void (message.source += `${line}\n`);
    inContent = false;
    if (reply("content")) receive(structuredClone(message));
  };
  socket.setEncoding("utf8").on("data", (chunk) => {
    const lines = (pending + String(chunk)).split("\r\n");
    pending = lines.pop() ?? "";
    for (const line of lines) (inContent ? content : command)(line);
  });
  reply("greeting");
}

/** Starts a fake SMTP server that stores accepted mail; replies can be set per stage. */
export async function fakeSmtp() {
  const received: ReceivedEmail[] = [];
  const replies: Replies = {};
  const server = createServer((socket) => session(socket, replies, (message) => received.push(message)));
  const { port, close } = await listenOnFreePort(server);
  return { url: `smtp://user:canary-secret@127.0.0.1:${port}`, received, replies, close };
}
