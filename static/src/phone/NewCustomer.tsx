import { useState } from "preact/hooks";
import { addCustomer } from "./actions";
import { customers } from "./state";
import { w } from "./words";

const PEOPLE = ["João Silva", "Maria Souza", "Pedro Santos", "Ana Lima", "Lucas Pereira", "Beatriz Costa"];

const phoneAt = (place: number) => String(5511999999999 - place);

/** The next person nobody has met: 5511999999999, 5511999999998, … */
function suggestion(): { name: string; phone: string } {
  const isFree = (place: number) => customers.value.every(({ phone }) => phone !== phoneAt(place));
  let place = 0;
  while (!isFree(place)) place += 1;
  return { name: PEOPLE[place % PEOPLE.length] ?? "", phone: phoneAt(place) };
}

export function NewCustomer({ onDone }: { onDone: () => void }) {
  const [{ name, phone }, setPerson] = useState(suggestion);
  async function submit(event: Event) {
    event.preventDefault();
    if (await addCustomer(name.trim(), phone.trim())) onDone();
  }
  return (
    <form class="new-customer" onSubmit={(event) => void submit(event)}>
      <label>
        <span>{w.customers.name}</span>
        <input
          value={name}
          required
          onInput={(event) => setPerson({ phone, name: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>{w.customers.phone}</span>
        <input
          value={phone}
          required
          inputMode="tel"
          onInput={(event) => setPerson({ name, phone: event.currentTarget.value })}
        />
      </label>
      <button type="submit" class="primary">
        {w.customers.open}
      </button>
    </form>
  );
}
