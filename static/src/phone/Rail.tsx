import { useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { addNumber } from "./api";
import { NewCustomer } from "./NewCustomer";
import { NumberCard } from "./NumberCard";
import {
  attempt,
  chooseCustomer,
  chooseNumber,
  customerKey,
  customers,
  loadNumbers,
  numberId,
  numbers,
} from "./state";
import type { Customer } from "./types";
import { initials, phoneText, preview, timeOf } from "./words";

export function Rail() {
  return (
    <aside class="rail" aria-label="Números e clientes">
      <header class="rail-head">
        <div>
          <h1>Telefone do cliente</h1>
          <p>WhatsApp simulado: nada sai desta máquina.</p>
        </div>
      </header>
      <NumberChooser />
      <NumberCard />
      <Customers />
    </aside>
  );
}

function NumberChooser() {
  async function choose(value: string) {
    if (value) return attempt(() => chooseNumber(value));
    const name = window.prompt("Nome da empresa do novo número", "Pousada Sol e Mar");
    if (!name) return;
    await attempt(async () => {
      const added = await addNumber(name);
      await loadNumbers();
      await chooseNumber(added.phoneNumberId);
    });
  }
  return (
    <label class="chooser">
      <span>Número da empresa</span>
      <select value={numberId.value} onChange={(event) => void choose(event.currentTarget.value)}>
        {numbers.value.map((each) => (
          <option key={each.phoneNumberId} value={each.phoneNumberId}>
            {each.name}
          </option>
        ))}
        <option value="">Novo número…</option>
      </select>
    </label>
  );
}

function Customers() {
  const [adding, setAdding] = useState(false);
  const open = adding || customers.value.length === 0;
  return (
    <section class="customers">
      <div class="section-head">
        <h2>Clientes</h2>
        <button type="button" class="round" aria-label="Novo cliente" onClick={() => setAdding(!open)}>
          <Icon name={open ? "cross" : "plus"} size={18} />
        </button>
      </div>
      {open && <NewCustomer onDone={() => setAdding(false)} />}
      <ul>
        {customers.value.map((each) => (
          <CustomerRow key={each.key} person={each} />
        ))}
      </ul>
    </section>
  );
}

function CustomerRow({ person }: { person: Customer }) {
  const chosen = person.key === customerKey.value;
  const last = person.lastMessage;
  const title = person.name || (person.phone ? phoneText(person.phone) : person.userId);
  return (
    <li>
      <button
        type="button"
        class={`customer ${chosen ? "chosen" : ""}`}
        aria-current={chosen}
        onClick={() => void attempt(() => chooseCustomer(person.key))}
      >
        <span class="avatar">{initials(title)}</span>
        <span class="customer-text">
          <span class="customer-name">{title}</span>
          <span class="customer-last">
            {last ? preview(last) : person.phone ? phoneText(person.phone) : "Sem telefone à vista"}
          </span>
        </span>
        <span class="customer-side">
          {last && <time>{timeOf(last.at)}</time>}
          {person.unread > 0 && !chosen && <span class="unread">{person.unread}</span>}
        </span>
      </button>
    </li>
  );
}
