import "./styles/phone.css";
import { render } from "preact";
import { App } from "./App";
import { attempt, lookAtChat, start } from "./state";
import { listen } from "./stream";

const root = document.getElementById("app");
if (root) render(<App />, root);

void attempt(start).then(listen);
document.addEventListener("visibilitychange", () => void lookAtChat(!document.hidden));
window.addEventListener("pagehide", () => void lookAtChat(false));
