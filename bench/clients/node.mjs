// Clients in Node, as many as are asked for: each runs the program that docs/protocol.md prints, as it is printed, on the
// official socket.io-client. What a client applies goes out on stdout, a JSON line each, with its name.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../static/package.json", import.meta.url));
const { io } = require("socket.io-client");

const page = readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8");
const program = page.split("```js\n")[1].split("```")[0];
const say = (...said) => process.stdout.write(`${JSON.stringify(said)}\n`);

/** `deaf`: no `ev` reaches it, so that only the beacon can tell it that something happened. */
function run({ name, url, token, slug, transports, deaf }) {
  const headers = { Authorization: `Bearer ${token}`, "X-Tenant-Slug": slug };
  let snapshotAt = null;
  const surroundings = {
    API: url,
    token,
    tenantSlug: slug,
    headers,
    io: (address, options) => {
      const pace = { transports, forceNew: true, reconnectionDelay: 100, reconnectionDelayMax: 500 };
      const socket = io(address, { ...options, ...pace });
      socket.on("connect", () => say(name, "connected"));
      return deaf ? unhearing(socket) : socket;
    },
    fetch: async (address, options) => {
      const answer = await fetch(address, options);
      snapshotAt = Number(answer.headers.get("X-Feed-Seq"));
      return answer;
    },
    draw: ({ data }) =>
      say(
        name,
        "snapshot",
        Date.now(),
        snapshotAt,
        data.map(({ id }) => id),
      ),
    // The program applies an event before it moves its cursor.
    apply: (frame, payload) => say(name, "applied", Date.now(), position() + 1, frame, payload),
    console: { warn: () => undefined },
  };
  const names = Object.keys(surroundings);
  const position = new Function(...names, `${program}\nreturn () => cursor;`)(...Object.values(surroundings));
}

const unhearing = (socket) =>
  new Proxy(socket, {
    get: (target, key) => {
      if (key === "on") return (event, hear) => event !== "ev" && target.on(event, hear);
      const found = Reflect.get(target, key);
      return typeof found === "function" ? found.bind(target) : found;
    },
  });

JSON.parse(process.argv[2]).forEach(run);
