import { createServer, type Socket } from "node:net";
import { listening } from "./listening";

export type Received = { from: string; to: string[]; source: string };
export type Stage = "greeting" | "EHLO" | "AUTH" | "MAIL" | "RCPT" | "DATA" | "content";

const usual: Record<Stage, string> = {
  greeting: "220 fake ESMTP",
  EHLO: "250-fake\r\n250-AUTH PLAIN\r\n250 8BITMIME",
  AUTH: "235 welcome",
  MAIL: "250 sender fine",
  RCPT: "250 recipient fine",
  DATA: "354 go on",
  content: "250 taken over",
};

/** A line, or the words `silent` and `hang up`. */
type Replies = { [stage in Stage]?: string };

/** Reads one session line by line, and hands each complete letter to `receive`. */
function session(socket: Socket, replies: Replies, receive: (letter: Received) => void) {
  const letter: Received = { from: "", to: [], source: "" };
  let pending = "";
  let inContent = false;
  const reply = (stage: Stage) => {
    const line = replies[stage] ?? usual[stage];
    if (line === "hang up") socket.destroy();
    else if (line !== "silent") socket.write(`${line}\r\n`);
    return line.startsWith("2") || line.startsWith("3");
  };
  const command = (line: string) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO" || verb === "HELO") reply("EHLO");
    else if (verb === "AUTH") reply("AUTH");
    else if (verb === "MAIL" && reply("MAIL")) letter.from = line.slice(10);
    else if (verb === "RCPT" && reply("RCPT")) letter.to.push(line.slice(8));
    else if (verb === "DATA") inContent = reply("DATA");
    else if (verb === "QUIT") socket.end("221 bye\r\n");
    else if (verb === "RSET") socket.write("250 reset\r\n");
  };
  const content = (line: string) => {
    if (line !== ".") return void (letter.source += `${line}\n`);
    inContent = false;
    if (reply("content")) receive(structuredClone(letter));
  };
  socket.setEncoding("utf8").on("data", (chunk) => {
    const lines = (pending + String(chunk)).split("\r\n");
    pending = lines.pop() ?? "";
    for (const line of lines) (inContent ? content : command)(line);
  });
  reply("greeting");
}

/** Stands in for an SMTP server: keeps what it took over, and answers each stage as it is told. */
export async function fakeSmtp() {
  const received: Received[] = [];
  const replies: Replies = {};
  const server = createServer((socket) => session(socket, replies, (letter) => received.push(letter)));
  const { port, close } = await listening(server);
  return { url: `smtp://user:canary-secret@127.0.0.1:${port}`, received, replies, close };
}
