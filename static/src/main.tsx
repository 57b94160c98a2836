import "./styles/index.css";
import { effect } from "@preact/signals";
import { render } from "preact";
import { identity } from "./session";
import "./theme";
import { speak } from "./words";
import { preferredLanguage } from "./words/languages";

// What one person saw is never left on the screen of the next.
let known = identity.value;
effect(() => {
  const current = identity.value;
  if (known && current && current !== known) location.reload();
  known = current ?? known;
});

// Whatever says something reads its words as it is imported.
async function start(): Promise<void> {
  await speak(preferredLanguage());
  const { App } = await import("./App");
  const root = document.getElementById("app");
  if (!root) return;
  root.replaceChildren();
  render(<App />, root);
}

void start();
