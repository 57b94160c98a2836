import { useState } from "preact/hooks";
import { addCustomer } from "./actions";
import { customers } from "./state";

const PEOPLE = ["João Silva", "Maria Souza", "Pedro Santos", "Ana Lima", "Lucas Pereira", "Beatriz Costa"];

/** The next person nobody has met: 5511999999999, 5511999999998, … */
function suggestion(): { name: string; phone: string } {
  const place = customers.value.length;
  return { name: PEOPLE[place % PEOPLE.length] ?? "", phone: String(5511999999999 - place) };
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
        <span>Nome</span>
        <input
          value={name}
          required
          onInput={(event) => setPerson({ phone, name: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>Telefone com DDI, ou BSUID</span>
        <input
          value={phone}
          required
          inputMode="tel"
          onInput={(event) => setPerson({ name, phone: event.currentTarget.value })}
        />
      </label>
      <button type="submit" class="primary">
        Abrir conversa
      </button>
    </form>
  );
}
