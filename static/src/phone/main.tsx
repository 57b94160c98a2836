import "./styles/phone.css";
import { render } from "preact";
import "../theme";
import { preferredLanguage } from "../words/languages";
import { speak } from "./words";

// Whatever says something reads its words as it is imported.
async function begin(): Promise<void> {
  await speak(preferredLanguage());
  const { Phones } = await import("./Phones");
  const root = document.getElementById("app");
  if (root) render(<Phones />, root);
}

void begin();
