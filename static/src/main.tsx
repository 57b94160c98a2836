import "./styles/index.css";
import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./App";
import { identity } from "./session";
import "./theme";

// What one person saw is never left on the screen of the next.
let known = identity.value;
effect(() => {
  const current = identity.value;
  if (known && current && current !== known) location.reload();
  known = current ?? known;
});

const root = document.getElementById("app");
if (root) render(<App />, root);
