import { afterEach, beforeEach, expect, it } from "vitest";
import { saidOf } from "../src/alarms/alarms";
import { Problem } from "../src/api";
import { channels } from "../src/lists";
import { problemText } from "../src/notices";
import type { Alarm, Channel } from "../src/wire";
import { speak } from "../src/words";
import { failureOf, reasonOf } from "../src/words/explain";

const taken = { error: "CONFLICT", reason: "TAG_TAKEN", message: "Já existe uma etiqueta com este nome." };
const invalid = {
  error: "VALIDATION_ERROR",
  message: "Dados inválidos.",
  details: [
    { field: "name", message: "Pode ter no máximo 60 caracteres.", reason: "string_too_long" },
    { field: "timeZone", message: "Fuso horário desconhecido." },
  ],
};
const alarm: Alarm = {
  id: "token/c",
  kind: "token",
  severity: "critical",
  since: "2027-01-01T00:00:00.000Z",
  channelId: "c",
  title: "Recepção: Token vencido",
  cause: "O token não vale mais.",
  nextStep: "Gere outro.",
};

beforeEach(() => {
  channels.rows.value = [{ id: "c", name: "Recepção" } as Channel];
});
afterEach(() => speak("pt-BR"));

it("in Portuguese the server's own words are shown", () => {
  expect(problemText(new Problem(409, taken))).toBe(taken.message);
  expect(new Problem(400, invalid).details.map(({ message }) => message)).toEqual(
    invalid.details.map(({ message }) => message),
  );
  expect(saidOf(alarm)).toMatchObject({ title: alarm.title, cause: alarm.cause });
});

it("in another language a problem is said by its reason, else by its code, else as the server says it", async () => {
  await speak("en");
  expect(problemText(new Problem(409, taken))).toBe("There is already a tag with this name.");
  expect(problemText(new Problem(409, { ...taken, reason: "OF_A_NEWER_SERVER" }))).toBe(
    "This does not go with how things are now.",
  );
  expect(problemText(new Problem(409, { error: "NEW", message: "Novo." }))).toBe("Novo.");
  expect(new Problem(400, invalid).details).toEqual([
    { field: "name", message: "This is too long." },
    { field: "timeZone", message: "Fuso horário desconhecido." },
  ]);
});

it("an alarm is said in another language with the name of its number", async () => {
  await speak("es");
  expect(saidOf(alarm).title).toBe("Recepção: el token de acceso no funciona");
  expect(saidOf({ ...alarm, channelId: "gone" }).title).toBe("El token de acceso no funciona");
});

it("each language says the same things, in words of its own", async () => {
  const spoken = await Promise.all([import("../src/words/en/said"), import("../src/words/es/said")]);
  const [en, es] = spoken.map(({ said }) => said);
  for (const part of ["problems", "fields", "alarms", "failures"] as const) {
    expect(Object.keys(es?.[part] ?? {}).sort()).toEqual(Object.keys(en?.[part] ?? {}).sort());
  }
  expect(es?.problems.CONFLICT).not.toBe(en?.problems.CONFLICT);
});

it("why a channel does not work is said by its code, else as the server says it", async () => {
  expect(reasonOf("TOKEN")).toBeUndefined();
  await speak("en");
  expect(reasonOf("TOKEN")).toMatch(/^The access token does not work\. It has expired/);
  expect(reasonOf("HELD")).toMatch(/another account\. .* Disconnect it there/);
  expect(reasonOf("131042")).toMatch(/^Payment problem\. /);
  expect(reasonOf("OF_A_NEWER_SERVER")).toBeUndefined();
});

it("an error of WhatsApp's that nobody knows is still said in this language", async () => {
  expect(failureOf("131026")).toBeUndefined();
  await speak("es");
  expect(failureOf("217")).toBe(failureOf("10"));
  expect(failureOf("999999")?.title).toBe("WhatsApp lo rechazó");
  expect(failureOf("OF_A_NEWER_SERVER")).toBeUndefined();
});
