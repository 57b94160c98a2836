// The document's “Exemplo Completo”, run as it is printed with the official socket.io-client; what it does to the page
// and what it hears go out on stdout, a JSON line each. Commands come in on stdin.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../static/package.json", import.meta.url));
const { io } = require("socket.io-client");

const { url, token, conversationId, transports } = JSON.parse(process.argv[2]);
const say = (...said) => process.stdout.write(`${JSON.stringify(said)}\n`);

const printed = readFileSync(new URL("../examples/native/complete-example.js", import.meta.url), "utf8");
const script = printed
  .replace("import io from 'socket.io-client';", "")
  .replace("'http://localhost:3001'", JSON.stringify(url))
  .replace("['websocket', 'polling']", JSON.stringify(transports))
  .replaceAll("'conv-123'", JSON.stringify(conversationId));

const leaving = [];
const page = {
  io,
  localStorage: { getItem: () => token },
  window: { addEventListener: (_name, leave) => leaving.push(leave) },
  console: { log: (...said) => say("logged", ...said) },
  addMessageToUI: (message) => say("added", message.id),
  playNotificationSound: () => say("sounded"),
  isConversationOpen: (id) => id === conversationId,
  updateMessageStatus: (id, status) => say("ticked", id, status),
  showTypingIndicator: (name) => say("typing", name),
  hideTypingIndicator: (name) => say("stopped", name),
};
const load = new Function(...Object.keys(page), `${script}\nreturn { socket, onUserTyping };`);
const { socket, onUserTyping } = load(...Object.values(page));
socket.onAny((name, payload = null) => say("heard", name, payload));
socket.on("connect_error", (error) => say("refused", error.message));

const commands = {
  types: () => onUserTyping(),
  emits: (name, payload) => socket.emit(name, payload),
  transport: () => say("transport", socket.io.engine.transport.name),
  leaves: () => {
    for (const leave of leaving) leave();
  },
};
for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...rest] = JSON.parse(line);
  commands[command](...rest);
}
process.exit();
