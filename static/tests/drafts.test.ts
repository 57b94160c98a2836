import { beforeEach, expect, it } from "vitest";
import { drafts, keepDraft } from "../src/composer/drafts";
import { forgetHere } from "../src/kept";
import { keepSession } from "../src/session";
import { session } from "./session";

beforeEach(() => {
  localStorage.clear();
  keepSession(null);
  keepSession(session());
});

it("are there again after a reload, and only for whoever typed them", () => {
  keepDraft("a", "Bom dia, ");
  keepSession(session({ id: "another" }));
  expect(drafts.value.size).toBe(0);
  keepSession(session());
  expect(drafts.value.get("a")).toBe("Bom dia, ");
});

it("stay when the token is renewed", () => {
  keepDraft("a", "Bom dia");
  const before = drafts.value;
  keepSession({ ...session(), token: "t2" });
  expect(drafts.value).toBe(before);
});

it("leave nothing once they are sent or the person signs out", () => {
  keepDraft("a", "Bom dia");
  keepDraft("b", "Até logo");
  keepDraft("a", "");
  forgetHere();
  expect(Object.keys(localStorage).filter((key) => key.includes("draft"))).toEqual([]);
});

it("are the same in the person's other tabs", () => {
  keepDraft("a", "Bom dia");
  const key = Object.keys(localStorage).find((name) => name.endsWith("draft.a")) as string;
  window.dispatchEvent(new StorageEvent("storage", { key, newValue: "Bom dia, João" }));
  expect(drafts.value.get("a")).toBe("Bom dia, João");
  window.dispatchEvent(new StorageEvent("storage", { key, newValue: null }));
  expect(drafts.value.has("a")).toBe(false);
});
