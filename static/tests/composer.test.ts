import { beforeEach, describe, expect, it } from "vitest";
import { pointIn } from "../src/composer/coordinates";
import { keepRecent, loadEmoji, offered } from "../src/composer/emoji/emoji";
import { fillHeader, headerPlace, partsOf, sentHeader, templateMessage } from "../src/composer/template-text";
import { fillVariables, missingIn, splitByVariables } from "../src/composer/variables";
import { samplesIn, writeOgg } from "../src/composer/voice/ogg";
import { readWebm } from "../src/composer/voice/webm";
import { drawn, withOurReaction } from "../src/message/reactions";
import { session } from "../src/session";
import type { Media, Template } from "../src/wire";
import { message } from "./message";
import { session as somebody } from "./session";

const known = { contact: { name: "João da Silva" }, author: "Ana Souza", hour: 9 };

describe("variables of a canned response", () => {
  it("are filled in with what is known", () => {
    const text = "{{saudacao}}, {{primeiro_nome}}! Aqui é {{ atendente }}. Em nome de {{nome}}.";
    expect(fillVariables(text, known)).toBe("Bom dia, João! Aqui é Ana. Em nome de João da Silva.");
    expect(fillVariables("{{saudação}}", { ...known, hour: 18 })).toBe("Boa noite");
  });

  it("stay, and are told, when nothing is known of them", () => {
    const text = fillVariables("Oi {{nome}}, protocolo {{protocolo}} ({{protocolo}})", {
      ...known,
      contact: { name: null },
    });
    expect(missingIn(text)).toEqual(["{{nome}}", "{{protocolo}}"]);
    expect(splitByVariables("a {{b}} c")).toEqual(["a ", "{{b}}", " c"]);
    expect(missingIn("conta {{ 2 + 2 }}")).toEqual([]);
  });
});

describe("a place on the map", () => {
  it.each([
    ["-23.5614, -46.6559", -23.5614, -46.6559],
    [
      "https://www.google.com/maps/place/MASP/@-23.56,-46.65,17z/data=!3d-23.5614!4d-46.6559",
      -23.5614,
      -46.6559,
    ],
    ["https://www.google.com/maps/search/?api=1&query=-23.5%2C-46.6", -23.5, -46.6],
    ["https://maps.google.com/?q=-23.5,-46.6", -23.5, -46.6],
    ["https://www.openstreetmap.org/?mlat=-23.5&mlon=-46.6#map=17/-23.4/-46.5", -23.5, -46.6],
    ["https://www.openstreetmap.org/#map=17/-23.4/-46.5", -23.4, -46.5],
    ["https://waze.com/ul?ll=-23.5%2C-46.6&navigate=yes", -23.5, -46.6],
    ["geo:-23.5,-46.6", -23.5, -46.6],
  ])("is read from %s", (text, latitude, longitude) => {
    expect(pointIn(text)).toEqual({ latitude, longitude });
  });

  it.each(["", "Av. Paulista, 1578", "https://maps.app.goo.gl/abc123", "95, 10", "12"])(
    "is not in %j",
    (text) => {
      expect(pointIn(text)).toBeNull();
    },
  );
});

describe("the emoji", () => {
  beforeEach(() => localStorage.clear());

  it("are found without accents, whole words first", async () => {
    const groups = await loadEmoji();
    const [found] = offered(groups, "coracao");
    expect(found?.emoji[0]?.sign).toBe("❤️");
    expect(offered(groups, "nada disso")).toEqual([]);
    const all = groups.flatMap(({ emoji }) => emoji.map(({ sign }) => sign));
    expect(new Set(all).size).toBe(all.length);
    expect(groups.every(({ emoji }) => emoji.every(({ name }) => name))).toBe(true);
  });

  it("that were used last come first", async () => {
    session.value = somebody();
    const groups = await loadEmoji();
    keepRecent("👍");
    keepRecent("🏨");
    keepRecent("👍");
    expect(offered(groups, "")[0]?.emoji.map(({ sign }) => sign)).toEqual(["👍", "🏨"]);
  });
});

describe("reactions", () => {
  it("are one of the customer and one of the house, whoever of us reacted", () => {
    const before = [{ emoji: "👍", by: "customer" }];
    const after = withOurReaction(before, "u1", "❤️");
    expect(after).toEqual([...before, { emoji: "❤️", by: "u1" }]);
    expect(withOurReaction(after, "u2", "😂")).toEqual([...before, { emoji: "😂", by: "u2" }]);
    expect(withOurReaction(after, "u2", "")).toEqual(before);
  });

  it("are drawn on their message, and by themselves only where they are news", () => {
    const target = message({ id: "m1" });
    const reaction = message({ id: "m2", type: "REACTION", content: "👍", replyToId: "m1" });
    expect(drawn([target, reaction])).toEqual([target]);
    expect(drawn([reaction])).toEqual([reaction]);
    const error = { code: "X", title: "", cause: "", nextStep: "", detail: "", retryable: true };
    expect(drawn([target, { ...reaction, error }])).toHaveLength(2);
  });
});

describe("a template", () => {
  const template = {
    name: "reserva",
    language: "pt_BR",
    body: "Olá {{1}}, até {{2}}",
    components: [
      { type: "HEADER", format: "TEXT", text: "Reserva {{1}}" },
      { type: "BUTTONS", buttons: [{ type: "URL", text: "Ver", url: "https://hotel.com/r/{{1}}" }] },
    ],
  } as unknown as Template;
  const filling = { header: "H-10", file: null, body: ["João", "sexta"], ends: { 0: "h10" } };

  it("is spelled out where more than the body is open", () => {
    expect(templateMessage(template, filling).components).toEqual([
      { type: "header", parameters: [{ type: "text", text: "H-10" }] },
      {
        type: "body",
        parameters: [
          { type: "text", text: "João" },
          { type: "text", text: "sexta" },
        ],
      },
      { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "h10" }] },
    ]);
    expect(fillHeader(template, "H-10")).toBe("Reserva H-10");
    expect(sentHeader(templateMessage(template, filling).components)).toBe("H-10");
  });

  it("goes by its parameters alone where only a numbered body is open", () => {
    const plain = { ...template, components: [] };
    expect(templateMessage(plain, filling)).toEqual({
      templateName: "reserva",
      languageCode: "pt_BR",
      parameters: ["João", "sexta"],
    });
    expect(headerPlace(plain)).toBeNull();
  });

  it("names its named places, and takes a file above the text", () => {
    const named = {
      ...template,
      body: "Olá {{nome}}",
      components: [{ type: "HEADER", format: "IMAGE" }],
    } as Template;
    expect(partsOf(named).headerMedia).toBe("IMAGE");
    const header = "https://hotel.com/foto.jpg";
    const link = { header, file: null, body: ["João"], ends: {} };
    const body = { type: "body", parameters: [{ type: "text", text: "João", parameter_name: "nome" }] };
    expect(templateMessage(named, link).components).toEqual([
      { type: "header", parameters: [{ type: "image", image: { link: header } }] },
      body,
    ]);
    const attached = templateMessage(named, { ...link, header: "", file: { id: "m1" } as Media });
    expect(attached).toMatchObject({ mediaId: "m1", components: [body] });
  });
});

describe("a voice message", () => {
  /** An element of known size, or, with `size` 0xff, of unknown. */
  const element = (id: number[], content: number[], size = 0x80 | content.length) => [
    ...id,
    size,
    ...content,
  ];
  const head = [...new TextEncoder().encode("OpusHead"), 1, 1, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0];
  const first = [0xf8, 1, 2, 3];
  const second = [0xf9, 4, 5];
  const webm = Uint8Array.from([
    ...element([0x1a, 0x45, 0xdf, 0xa3], [0x42, 0x86, 0x81, 1]),
    ...element(
      [0x18, 0x53, 0x80, 0x67],
      [
        ...element([0x16, 0x54, 0xae, 0x6b], element([0xae], element([0x63, 0xa2], head))),
        ...element(
          [0x1f, 0x43, 0xb6, 0x75],
          [
            ...element([0xe7], [0]),
            ...element([0xa3], [0x81, 0, 0, 0x80, ...first]),
            ...element([0xa0], element([0xa1], [0x81, 0, 20, 0, ...second])),
          ],
          0xff,
        ),
      ],
      0xff,
    ),
  ]);

  it("is taken out of WebM", () => {
    const { head: found, packets } = readWebm(webm);
    expect([...found]).toEqual(head);
    expect(packets.map((packet) => [...packet])).toEqual([first, second]);
    expect(() => readWebm(Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3, 0x80]))).toThrow(RangeError);
  });

  it("is put into Ogg, with its length and checksums", () => {
    const pages = writeOgg(readWebm(webm));
    expect(pages.map((page) => page[5])).toEqual([2, 0, 4]);
    const last = new DataView((pages[2] as Uint8Array<ArrayBuffer>).buffer);
    // 20 ms, and twice 20 ms.
    expect(last.getBigUint64(6, true)).toBe(2880n);
    expect(new TextDecoder().decode(pages[0]?.subarray(28, 36))).toBe("OpusHead");
    // Of RFC 3533's polynomial, reckoned by another program over the same bytes.
    expect(last.getUint32(22, true)).toBe(3_080_892_322);
  });

  it.each([
    [0x00, 480],
    [0x18, 2880],
    [0x60, 480],
    [0x80, 120],
    [0xf8, 960],
    [0xf9, 1920],
  ])("counts the samples of a packet that begins with %i", (toc, samples) => {
    expect(samplesIn(Uint8Array.from([toc]))).toBe(samples);
  });
});
