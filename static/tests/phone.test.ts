import { describe, expect, it } from "vitest";
import type { Message } from "../src/phone/types";
import { speak } from "../src/phone/words";

await speak("pt-BR");
const { missing, shown } = await import("../src/phone/state");
const { kindOf } = await import("../src/phone/actions");
const { dayName, initials, phoneText, preview } = await import("../src/phone/written");

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

const names = (messages: Message[]) => messages.map((each) => each.wamid);

describe("what the phone shows", () => {
  const messages = [
    message({ wamid: "mine", sender: "customer", status: "sent" }),
    message({ wamid: "here", status: "delivered" }),
    message({ wamid: "seen", status: "read" }),
    message({ wamid: "waiting", status: "sent" }),
    message({ wamid: "accepted", status: "accepted" }),
    message({ wamid: "lost", status: "failed" }),
    message({ wamid: "heart", type: "reaction", content: { emoji: "❤️" } }),
    message({ wamid: "change", sender: "customer", type: "edit", content: {} }),
    message({ wamid: "erasure", sender: "customer", type: "revoke", content: {} }),
  ];

  it("has what was delivered and what the customer wrote, and nothing that still waits or failed", () => {
    expect(names(shown(messages))).toEqual(["mine", "here", "seen"]);
  });

  it("lacks what waits and what failed, and says so above it", () => {
    expect(names(missing(messages.slice(0, 6)))).toEqual(["waiting", "accepted", "lost"]);
    expect(missing([...messages, message({ wamid: "newer" })])).toEqual([]);
  });
});

describe("one line of a message", () => {
  it.each([
    [{ content: { body: "Bom dia" } }, "Bom dia"],
    [{ content: { body: "É *muito* bom" } }, "É muito bom"],
    [{ type: "interactive", content: { body: { text: "Como prefere?" } } }, "Como prefere?"],
    [{ type: "interactive", content: { button_reply: { id: "a", title: "Sim" } } }, "Sim"],
    [{ type: "interactive", content: { list_reply: { id: "1", title: "Suíte" } } }, "Suíte"],
    [{ type: "button", content: { text: "Confirmar" } }, "Confirmar"],
    [{ type: "template", content: {}, drawn: { body: "Olá João" } }, "Olá João"],
    [{ type: "image", content: { caption: "A praia" } }, "A praia"],
    [{ type: "image", content: {} }, "Foto"],
    [{ type: "document", content: { filename: "reserva.pdf" } }, "reserva.pdf"],
    [{ type: "order", content: { product_items: [] } }, "Pedido"],
    [{ type: "unsupported", content: undefined }, "Enquete: o WhatsApp não a entrega à empresa"],
    [{ type: "system", content: { body: "User changed" } as never }, "Troca de número"],
    [{ revoked: true }, "Mensagem apagada"],
    [{ type: "reaction", content: { emoji: "👍" } }, "Reagiu com 👍"],
    [{ type: "reaction", content: { emoji: "" } }, "Tirou a reação"],
    [{ type: "hologram", content: {} }, "Mensagem"],
  ] as [Partial<Message>, string][])("%j is %s", (change, line) => {
    expect(preview(message(change))).toBe(line);
  });
});

describe("a file of one's own", () => {
  it.each([
    ["image/png", "image"],
    ["image/webp", "sticker"],
    ["image/gif", "document"],
    ["video/mp4", "video"],
    ["audio/ogg", "audio"],
    ["application/pdf", "document"],
    ["", "document"],
  ])("%s goes as %s", (type, kind) => {
    expect(kindOf(type)).toBe(kind);
  });
});

describe("what is written", () => {
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
