import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ChannelReason } from "../src/admin/channels/ChannelReason";
import { Trouble } from "../src/message/Trouble";
import { keepSession } from "../src/session";
import type { Channel } from "../src/wire";
import { speak } from "../src/words";
import { message } from "./message";
import { session } from "./session";

const words = "(#100) body.text is too long";
const error = {
  code: "100",
  title: "Parâmetro inválido",
  cause: `A Meta não aceitou um campo. Detalhe da Meta: ${words}`,
  nextStep: "Corrija e envie de novo.",
  detail: words,
  retryable: true,
};
const channel = {
  id: "c",
  status: "PARKED",
  statusReason: `Token vencido. A Meta não aceitou o token. Detalhe da Meta: ${words}.`,
  statusCode: "TOKEN",
  statusDetail: words,
} as Channel;

let root: HTMLElement;

beforeEach(() => {
  keepSession(session({ role: "AGENT", permissions: [] }));
  root = document.createElement("div");
});
afterEach(async () => {
  render(null, root);
  await speak("pt-BR");
});

async function shown(element: preact.VNode): Promise<string> {
  await act(() => render(element, root));
  return root.textContent ?? "";
}
const timesIn = (text: string) => text.split(words).length - 1;
const failed = () => (
  <Trouble
    row={message({ id: "m", direction: "OUTBOUND", status: "FAILED", deliveryState: "FAILED", error })}
    conversationId="c"
  />
);

it("what Meta says itself is told once, and as Meta's, in every language", async () => {
  for (const element of [failed, () => <ChannelReason channel={channel} />]) {
    await speak("pt-BR");
    const portuguese = await shown(element());
    expect(portuguese).toContain(`Detalhe da Meta: ${words}`);
    expect(timesIn(portuguese)).toBe(1);
    await speak("en");
    const english = await shown(element());
    expect(english).toContain(`Meta’s own words: ${words}`);
    expect(timesIn(english)).toBe(1);
    expect(english).not.toContain("Meta não");
  }
});
