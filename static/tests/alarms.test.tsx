import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AlarmBanner } from "../src/alarms/AlarmBanner";
import { heardNotification } from "../src/alarms/alarms";
import { keepSession } from "../src/session";
import type { Alarm, Role } from "../src/wire";
import { session } from "./session";

const token: Alarm = {
  id: "token/c1",
  kind: "token",
  severity: "critical",
  since: new Date().toISOString(),
  channelId: "c1",
  title: "Recepção: Token vencido ou inválido",
  cause: "A Meta não aceitou o token.",
  nextStep: "Gere outro token e atualize o canal.",
};
const redis: Alarm = {
  ...token,
  id: "redis",
  severity: "warning",
  channelId: null,
  title: "Redis fora do ar",
};

/** The far side: what the server would list, and how often it was asked. */
let listed: Alarm[] = [];
let asked = 0;
let root: HTMLElement;

function signedInAs(role: Role) {
  keepSession(session({ role, permissions: role === "ADMIN" ? ["alarms.read"] : [] }));
}

async function later(milliseconds: number) {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(milliseconds);
  });
}

const answered = () => later(0);

async function show() {
  act(() => render(<AlarmBanner />, root));
  await answered();
}

beforeEach(() => {
  vi.useFakeTimers();
  [listed, asked] = [[], 0];
  vi.stubGlobal("fetch", async () => {
    asked += 1;
    return new Response(JSON.stringify({ data: listed }), {
      headers: { "Content-Type": "application/json" },
    });
  });
  signedInAs("ADMIN");
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  act(() => render(null, root));
  root.remove();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the alarm banner", () => {
  it("shows nothing while all is well", async () => {
    await show();
    expect(root.textContent).toBe("");
  });

  it("is not the agents' affair: they do not even ask", async () => {
    listed = [token];
    signedInAs("AGENT");
    await show();
    expect([root.textContent, asked]).toEqual(["", 0]);
  });

  it("says what is wrong, why, and on request what to do", async () => {
    listed = [token];
    await show();
    expect(root.querySelector("[role=status]")?.textContent).toBe(`${token.title} ${token.cause}`);
    expect(root.textContent).not.toContain(token.nextStep);
    const button = root.querySelector("button") as HTMLButtonElement;
    expect(button.getAttribute("aria-expanded")).toBe("false");
    act(() => button.click());
    expect(button.getAttribute("aria-expanded")).toBe("true");
    expect(root.querySelector("li")?.textContent).toContain(token.nextStep);
    expect(root.querySelector("a")?.getAttribute("href")).toBe("#/canais");
    act(() => root.querySelector("a")?.click());
    expect(root.querySelector("li")).toBeNull();
  });

  it("counts them, and is as grave as the gravest", async () => {
    listed = [token, redis];
    await show();
    expect(root.querySelector("button")?.textContent).toBe("2 alarmes");
    expect(root.querySelector(".alarm-strip")?.className).toContain("alarm-critical");
    act(() => root.querySelector("button")?.click());
    expect([...root.querySelectorAll("h2")].map((title) => title.textContent)).toEqual([
      token.title,
      redis.title,
    ]);
    expect(root.querySelectorAll("a")).toHaveLength(1);
  });

  it("comes and goes with the notification that says so", async () => {
    await show();
    listed = [token];
    heardNotification({ type: "message.failed" });
    await answered();
    expect(root.textContent).toBe("");
    heardNotification({ type: "alarm.raised" });
    await answered();
    expect(root.textContent).toContain(token.title);
    listed = [];
    heardNotification({ type: "alarm.cleared" });
    await answered();
    expect(root.textContent).toBe("");
  });

  it("asks by itself for what no notification tells, and keeps what it knew when nobody answers", async () => {
    await show();
    listed = [redis];
    await later(15_000);
    expect(root.textContent).toContain(redis.title);
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    await later(15_000);
    expect(root.textContent).toContain(redis.title);
  });
});
