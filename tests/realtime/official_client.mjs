// The official socket.io-client, driven line by line: commands come in on stdin, what it hears goes out on stdout.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../static/package.json", import.meta.url));
const { io } = require("socket.io-client");

const [url, options] = process.argv.slice(2);
const say = (...said) => console.log(JSON.stringify(said));

const socket = io(url, { reconnectionDelay: 50, reconnectionDelayMax: 100, ...JSON.parse(options) });
socket.onAny((name, payload = null) => say("event", name, payload));
socket.io.on("open", () => socket.io.engine.on("upgrade", (transport) => say("upgraded", transport.name)));
socket.on("connect", () => say("connected", null));
socket.on("disconnect", (reason) => say("disconnected", reason));
socket.on("connect_error", ({ message, data }) => say("refused", { message, data: data ?? null }));

const commands = {
  emit: ({ id, name, payload }) => socket.emit(name, payload, (answer) => say("answered", id, answer)),
  drop: () => socket.io.engine.close(),
  connect: () => socket.connect(),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...rest } = JSON.parse(line);
  commands[command](rest);
}
socket.disconnect();
