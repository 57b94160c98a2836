import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keptHere } from "../src/kept";
import { applyEvent } from "../src/live/apply";
import { keepSession, session } from "../src/session";
import { loadTenant, tenant } from "../src/tenant";
import { speakAsHouse } from "../src/words/house";
import { session as signedIn } from "./session";

const house = { id: "h", name: "Hotel", locale: "en" };
const reload = vi.spyOn(location, "reload").mockImplementation(() => undefined);
let stop: () => void;

const tell = () => applyEvent({ seq: 1, frames: [["tenant:updated", { changed: ["name", "locale"] }]] });

beforeEach(() => {
  vi.stubGlobal("fetch", async () => Response.json(house));
  keepSession(signedIn());
  stop = speakAsHouse();
});

afterEach(() => {
  stop();
  keepSession(null);
  localStorage.clear();
  vi.unstubAllGlobals();
});

it("a change of the house is read again, and a new language waits for the next start", async () => {
  await loadTenant();
  expect(reload).toHaveBeenCalledTimes(1);

  Object.assign(house, { name: "Pousada", locale: "es" });
  tell();
  await vi.waitFor(() => expect(tenant.value?.name).toBe("Pousada"));
  expect(session.value?.tenant.name).toBe("Pousada");
  expect(keptHere("locale")).toBe("es");
  expect(reload).toHaveBeenCalledTimes(1);
});
