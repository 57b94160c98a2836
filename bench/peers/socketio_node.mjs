// Node's socket.io as it comes: `POST /emit` tells everyone the body, as often as `?times=` says.
// Arguments: the port, and the directory in which socket.io is installed.
import { createServer } from "node:http";
import { createRequire } from "node:module";

const [port, directory] = process.argv.slice(2);
const { Server } = createRequire(`${directory}/`)("socket.io");

const http = createServer(async (request, answer) => {
  if (request.method === "POST") {
    const parts = [];
    for await (const part of request) parts.push(part);
    const [name, payload] = JSON.parse(Buffer.concat(parts));
    const times = Number(new URL(request.url, "http://localhost").searchParams.get("times"));
    for (let turn = 0; turn < times; turn++) io.emit(name, payload);
  }
  answer.end("ok");
});
const io = new Server(http, { serveClient: false });
http.listen(Number(port), "127.0.0.1");
