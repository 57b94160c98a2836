import { beforeEach, describe, expect, it } from "vitest";
import { messages, shown } from "../src/phone/state";
import type { Message } from "../src/phone/types";
import { dayName, initials, phoneText, preview } from "../src/phone/words";

function message(change: Partial<Message>): Message {
  const known = {
    wamid: "w",
    sender: "business",
    type: "text",
    content: { body: "Olá" },
    at: 1,
    status: "delivered",
  };
  return { ...known, ...change } as Message;
}

describe("what the phone shows", () => {
  beforeEach(() => {
    messages.value = [];
  });

  it("has what was delivered and what the customer wrote, and nothing that still waits or failed", () => {
    messages.value = [
      message({ wamid: "mine", sender: "customer", status: "sent" }),
      message({ wamid: "here", status: "delivered" }),
      message({ wamid: "seen", status: "read" }),
      message({ wamid: "waiting", status: "sent" }),
      message({ wamid: "accepted", status: "accepted" }),
      message({ wamid: "lost", status: "failed" }),
      message({ wamid: "heart", type: "reaction", content: { emoji: "❤️" } }),
    ];
    expect(shown.value.map((each) => each.wamid)).toEqual(["mine", "here", "seen"]);
  });
});

describe("one line of a message", () => {
  it.each([
    [{ content: { body: "Bom dia" } }, "Bom dia"],
    [{ type: "interactive", content: { body: { text: "Como prefere?" } } }, "Como prefere?"],
    [{ type: "interactive", content: { button_reply: { id: "a", title: "Sim" } } }, "Sim"],
    [{ type: "interactive", content: { list_reply: { id: "1", title: "Suíte" } } }, "Suíte"],
    [{ type: "button", content: { text: "Confirmar" } }, "Confirmar"],
    [{ type: "template", content: {}, drawn: { body: "Olá João" } }, "Olá João"],
    [{ type: "image", content: { caption: "A praia" } }, "A praia"],
    [{ type: "image", content: {} }, "Foto"],
    [{ type: "document", content: { filename: "reserva.pdf" } }, "reserva.pdf"],
    [{ type: "reaction", content: { emoji: "👍" } }, "Reagiu com 👍"],
    [{ type: "hologram", content: {} }, "Mensagem"],
  ] as [Partial<Message>, string][])("%j is %s", (change, line) => {
    expect(preview(message(change))).toBe(line);
  });
});

describe("words", () => {
  it("writes Brazilian phones as people do", () => {
    expect(phoneText("5511999999999")).toBe("+55 11 99999-9999");
    expect(phoneText("551140000001")).toBe("+55 11 4000-0001");
    expect(phoneText("351912345678")).toBe("+351912345678");
  });

  it("takes initials from words only", () => {
    expect(initials("João da Silva")).toBe("JS");
    expect(initials("Ana")).toBe("A");
    expect(initials("+55 11")).toBe("?");
  });

  it("names today and yesterday", () => {
    const now = Date.now() / 1000;
    expect(dayName(now)).toBe("Hoje");
    expect(dayName(now - 24 * 3600)).toBe("Ontem");
    expect(dayName(Date.UTC(2026, 0, 15, 12) / 1000)).toBe("15 de janeiro de 2026");
  });
});
