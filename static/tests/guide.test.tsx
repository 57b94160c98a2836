import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ConnectOwn } from "../src/admin/channels/ConnectOwn";
import { channels } from "../src/lists";
import { keepSession } from "../src/session";
import type { Channel } from "../src/wire";
import { session } from "./session";

const GOOD = "EAAG-good";
const TYPED = {
  name: "Recepção",
  phoneNumberId: "100",
  wabaId: "200",
  accessToken: "EAAG-mistyped",
  appSecret: "segredo",
};

/** The far side: a server that connects whatever has the good token, and refuses one number. */
let kept: Channel[] = [];
let asked: string[] = [];
let root: HTMLElement;

const statusFor = (token: string | undefined) => (token === GOOD ? "CONNECTED" : "PENDING");

function answer(method: string, path: string, body: Partial<Channel>): [number, unknown] {
  const id = path.split("/")[3];
  const found = kept.find((channel) => channel.id === id) as Channel;
  if (path.endsWith("/check")) return [200, { status: found.status, checks: [] }];
  if (method === "GET") return [200, { data: kept }];
  asked.push(`${method} ${Object.keys(body).join(" ")}`.trim());
  if (method === "DELETE") {
    kept = kept.filter((channel) => channel !== found);
    return [204, null];
  }
  if (method === "PATCH") {
    Object.assign(found, { status: statusFor(body.accessToken) });
    return [200, found];
  }
  if (body.phoneNumberId === "refused") return [409, { error: "CONFLICT", message: "Já conectado." }];
  const made = { ...body, id: `c${asked.length}`, status: statusFor(body.accessToken) } as Channel;
  kept.push(made);
  return [201, made];
}

function press(name: string) {
  const button = [...root.querySelectorAll("button")].find(({ textContent }) => textContent === name);
  act(() => button?.click());
}

const says = (text: string) =>
  vi.waitFor(() => expect(root.textContent).toContain(text), { timeout: 10_000 });

/** And all has been checked that is checked there by itself. */
async function connect() {
  press("Conectar");
  await says("Verificar de novo");
}

const field = (name: string) => root.querySelector<HTMLInputElement>(`input[name=${name}]`);

function type(typed: Partial<typeof TYPED>) {
  for (const [name, text] of Object.entries(typed)) {
    const input = field(name) as HTMLInputElement;
    input.value = text;
    act(() => void input.dispatchEvent(new Event("input", { bubbles: true })));
  }
}

const shown = () => Object.fromEntries(Object.keys(TYPED).map((name) => [name, field(name)?.value]));

beforeEach(() => {
  [kept, asked] = [[], []];
  channels.rows.value = [];
  vi.stubGlobal("fetch", async (path: string, { method, body }: RequestInit) => {
    const [status, told] = answer(method as string, path, body ? JSON.parse(body as string) : {});
    const headers = { "Content-Type": "application/json" };
    return new Response(status === 204 ? null : JSON.stringify(told), { status, headers });
  });
  keepSession(session());
  root = document.body.appendChild(document.createElement("div"));
  act(() => render(<ConnectOwn onDone={() => {}} onCancel={() => {}} />, root));
  press("Tenho os dados");
  type(TYPED);
});

afterEach(() => {
  act(() => render(null, root));
  root.remove();
  vi.unstubAllGlobals();
});

it("what was typed is still there after going back", () => {
  press("Voltar");
  press("Tenho os dados");
  expect(shown()).toEqual(TYPED);
  expect(asked).toEqual([]);
});

it("a key that was wrong is put right in the same channel", async () => {
  await connect();
  press("Voltar");
  expect(shown()).toEqual(TYPED);
  expect(field("phoneNumberId")?.readOnly).toBe(false);
  type({ accessToken: GOOD });
  await connect();
  expect(asked).toEqual([`POST ${Object.keys(TYPED).join(" ")} verifyToken`, "PATCH accessToken"]);
  expect(kept.map(({ status }) => status)).toEqual(["CONNECTED"]);
  await says("O número está conectado");
  press("Voltar");
  expect([field("phoneNumberId")?.readOnly, field("accessToken")?.readOnly]).toEqual([true, false]);
  await connect();
  expect(asked).toHaveLength(2);
});

it("a mistyped number makes way for the right one", async () => {
  await connect();
  press("Voltar");
  type({ phoneNumberId: "refused" });
  press("Conectar");
  await says("Já conectado.");
  type({ phoneNumberId: "101" });
  await connect();
  expect(asked.map((request) => request.split(" ")[0])).toEqual(["POST", "DELETE", "POST", "POST"]);
  expect(kept.map(({ phoneNumberId }) => phoneNumberId)).toEqual(["101"]);
});
