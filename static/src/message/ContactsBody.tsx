import { phoneText } from "../contact/name";
import { Avatar } from "../ui/Avatar";
import type { Metadata } from "../wire";
import { w } from "../words";

interface Card {
  name?: { formatted_name?: string; formattedName?: string };
  phones?: { phone?: string; wa_id?: string }[];
}

const nameOn = ({ name }: Card) => name?.formatted_name ?? name?.formattedName ?? w.card.unnamed;

export function ContactsBody({ metadata }: { metadata: Metadata | null }) {
  const cards = Array.isArray(metadata?.contacts) ? (metadata.contacts as Card[]) : [];
  return (
    <ul class="cards">
      {cards.map((card) => (
        <li key={nameOn(card)}>
          <Avatar name={nameOn(card)} small />
          <strong>{nameOn(card)}</strong>
          {card.phones?.map(({ phone = "" }) => (
            <span key={phone}>{/^\d+$/.test(phone) ? phoneText(phone) : phone}</span>
          ))}
        </li>
      ))}
    </ul>
  );
}
