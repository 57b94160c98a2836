import { describe, expect, it } from "vitest";
import { slugFrom } from "../src/account/account";
import { fill, placesOf } from "../src/composer/template-text";
import { initials, phoneText } from "../src/contact/name";
import { spansOf } from "../src/message/formatting";
import { captionOf, mediaOf, sizeText } from "../src/message/media";
import { previewOf } from "../src/message/preview";
import type { Template } from "../src/wire";
import { message } from "./message";

describe("WhatsApp's marks", () => {
  it.each([
    ["*oi*", [{ text: "oi", style: "bold" }]],
    ["_oi_", [{ text: "oi", style: "italic" }]],
    ["~oi~", [{ text: "oi", style: "struck" }]],
    ["```a *b*```", [{ text: "a *b*", style: "code" }]],
    ["2*3*4", [{ text: "2*3*4" }]],
    ["nome_do_arquivo_x", [{ text: "nome_do_arquivo_x" }]],
    ["* item", [{ text: "* item" }]],
    [
      "veja https://a.com/b?c=1.",
      [{ text: "veja " }, { text: "https://a.com/b?c=1", style: "link" }, { text: "." }],
    ],
    ["javascript:alert(1)", [{ text: "javascript:alert(1)" }]],
  ])("reads %s", (text, spans) => {
    expect(spansOf(text)).toEqual(spans);
  });
});

describe("previews", () => {
  it("names the kind, and the caption where there is one", () => {
    expect(previewOf({ type: "IMAGE", content: "/api/media/01", metadata: { caption: "Quarto" } })).toBe(
      "Foto: Quarto",
    );
    expect(previewOf({ type: "IMAGE", content: "https://cdn.exemplo.com/foto.jpg" })).toBe("Foto");
    expect(previewOf({ type: "REACTION", content: "👍" })).toBe("Reagiu com 👍");
    expect(previewOf({ type: "REACTION", content: "" })).toBe("Reação removida");
    expect(previewOf({ type: "TEMPLATE", content: "Template: boas" })).toBe("Modelo: boas");
    expect(previewOf({ type: "TEXT", content: "Olá" })).toBe("Olá");
  });
});

describe("a message's file", () => {
  const file = {
    mimeType: "image/png",
    filename: null,
    size: 68,
    voice: false,
    animated: false,
    pending: false,
    error: null,
  };

  it("is read with the token only from our own server", () => {
    const ours = message({
      id: "m",
      type: "IMAGE",
      content: "/api/media/01",
      media: { ...file, id: "01", url: "/api/media/01" },
    });
    expect(mediaOf(ours)).toMatchObject({ path: "/api/media/01", external: null });
    const theirs = message({ id: "n", type: "IMAGE", content: "https://cdn.exemplo.com/foto.jpg" });
    expect(mediaOf(theirs)).toMatchObject({ path: null, external: "https://cdn.exemplo.com/foto.jpg" });
    expect(captionOf(theirs)).toBe("");
  });

  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1500, "1,5 kB"],
    [248_000, "248 kB"],
    [5_000_000, "5,0 MB"],
  ])("of %i bytes is shown as %s", (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });
});

describe("templates", () => {
  const template: Template = {
    id: "t",
    channelId: "ch",
    name: "reserva",
    language: "pt_BR",
    status: "APPROVED",
    category: "UTILITY",
    body: "Olá, {{1}}! {{2}} confirma {{1}}.",
    parameterCount: 2,
    components: [{ type: "BODY", text: "Olá, {{1}}! {{2}} confirma {{1}}." }],
    rejectedReason: null,
    updatedAt: "2026-03-10T12:00:00.000Z",
  };

  it("asks each value once and puts it everywhere", () => {
    expect(placesOf(template)).toEqual(["1", "2"]);
    expect(fill(template, ["Ana", "Hotel"])).toBe("Olá, Ana! Hotel confirma Ana.");
    expect(fill(template, ["", ""])).toBe("Olá, {{1}}! {{2}} confirma {{1}}.");
  });

  it("puts a value in as it is, whatever is in it", () => {
    expect(fill(template, ["$&", "{{1}}"])).toBe("Olá, $&! {{1}} confirma $&.");
  });
});

describe("names", () => {
  it("shows Brazilian numbers as they are dialled", () => {
    expect(phoneText("5511999998888")).toBe("+55 11 99999-8888");
    expect(phoneText("556392484773")).toBe("+55 63 9248-4773");
    expect(phoneText("14155550100")).toBe("+14155550100");
  });

  it("shortens a name to its ends", () => {
    expect(initials("João da Silva")).toBe("JS");
    expect(initials("Ígor")).toBe("Í");
    expect(initials("+55 11 99999-8888")).toBe("#");
  });

  it("makes an address of a company's name", () => {
    expect(slugFrom("Hotel São João & Cia.")).toBe("hotel-sao-joao-cia");
    expect(slugFrom("  ")).toBe("");
    expect(slugFrom("x".repeat(50))).toHaveLength(40);
  });
});
