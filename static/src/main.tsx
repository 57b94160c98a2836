import "./styles/index.css";
import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./App";
import { session } from "./session";
import "./theme";

const identity = () => session.value && `${session.value.tenant.id} ${session.value.user.id}`;

// What one person saw is never left on the screen of the next.
let known = identity();
effect(() => {
  const current = identity();
  if (known && current && current !== known) location.reload();
  known = current ?? known;
});

const root = document.getElementById("app");
if (root) render(<App />, root);
