// The console's own live connection without its screen; `python -m bench.clients` opens it in a browser.
import { conversations } from "../../src/inbox/conversations";
import { connection, goLive } from "../../src/live/live";
import { log } from "./apply";

declare global {
  interface Window {
    recorded: { log: typeof log; rows: () => string[]; isLive: () => boolean };
  }
}

window.recorded = {
  log,
  rows: () => [...conversations.value.keys()],
  isLive: () => connection.value === "live",
};
goLive();
