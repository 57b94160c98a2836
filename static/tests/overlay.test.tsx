import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { overlay } from "../src/keys/overlay";
import { Palette } from "../src/keys/Palette";
import { keepSession } from "../src/session";
import { session } from "./session";

const place = document.createElement("div");
const button = document.createElement("button");
const palette = () => document.querySelector("dialog.palette");

function press(key: string): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  act(() => void document.activeElement?.dispatchEvent(event));
  return event.defaultPrevented;
}

beforeEach(() => {
  vi.stubGlobal("fetch", async () => new Promise<Response>(() => undefined));
  keepSession(session());
  document.body.replaceChildren(button, place);
  button.focus();
  act(() => render(<Palette />, place));
  act(() => {
    overlay.value = "palette";
  });
});

afterEach(() => act(() => render(null, place)));

describe("the palette", () => {
  it("has the focus at once and keeps it from what lies behind", () => {
    expect(document.activeElement?.className).toBe("palette-input");
    expect(press("Tab")).toBe(true);
    expect(press("a")).toBe(false);
    const pressed = new MouseEvent("mousedown", { bubbles: true, cancelable: true });
    document.querySelector(".palette-option")?.dispatchEvent(pressed);
    expect(pressed.defaultPrevented).toBe(true);
  });

  it("goes on Esc, and gives the focus back", () => {
    expect(press("Escape")).toBe(true);
    expect(palette()).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  it("goes when one clicks beside it", () => {
    act(() => document.querySelector<HTMLElement>(".palette-veil")?.click());
    expect(overlay.value).toBeNull();
    expect(palette()).toBeNull();
  });

  it("leaves its keys to whoever is still composing a letter", () => {
    const event = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, isComposing: true });
    act(() => void document.activeElement?.dispatchEvent(event));
    expect(palette()).not.toBeNull();
  });
});
