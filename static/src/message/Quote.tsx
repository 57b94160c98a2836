import { nameOf } from "../contact/name";
import type { Contact, Message } from "../wire";
import { w } from "../words";
import { previewOf } from "./preview";

interface Props {
  quoted: Message | undefined;
  contact: Contact;
  onOpen?: () => void;
}

export function authorOf(message: Message, contact: Contact): string {
  return message.direction === "INBOUND" ? nameOf(contact) : (message.sentByName ?? w.message.you);
}

/** The message that another one answers. */
export function Quote({ quoted, contact, onOpen }: Props) {
  if (!quoted) return <div class="quote">{w.message.quotedGone}</div>;
  return (
    <button type="button" class="quote" onClick={onOpen} disabled={!onOpen}>
      <strong>{authorOf(quoted, contact)}</strong>
      <span>{previewOf(quoted)}</span>
    </button>
  );
}
