import { useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { activeKey, chatOf, openPhone } from "./chats";
import { NewCustomer } from "./NewCustomer";
import { attempt, customers, numberId } from "./state";
import type { Customer } from "./types";
import { w } from "./words";
import { initials, nameOf, phoneText, preview, timeOf } from "./written";

/** Everybody this number knows: choosing one opens their phone beside the others. */
export function Customers() {
  const [adding, setAdding] = useState(false);
  const open = adding || (numberId.value !== "" && customers.value.length === 0);
  return (
    <section class="customers">
      <div class="section-head">
        <h2>{w.customers.title}</h2>
        <button
          type="button"
          class="round"
          aria-label={w.customers.fresh}
          aria-expanded={open}
          onClick={() => setAdding(!open)}
        >
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
  const isOpen = chatOf(person.key) !== undefined;
  const last = person.lastMessage;
  const title = nameOf(person);
  return (
    <li>
      <button
        type="button"
        class={`customer ${isOpen ? "chosen" : ""}`}
        aria-current={person.key === activeKey.value}
        onClick={() => void attempt(() => openPhone(person.key))}
      >
        <span class="avatar" aria-hidden="true">
          {initials(title)}
        </span>
        <span class="customer-text">
          <span class="customer-name">{title}</span>
          <span class="customer-last">
            {last ? preview(last) : person.phone ? phoneText(person.phone) : w.customers.noPhone}
          </span>
        </span>
        <span class="customer-side">
          {last && <time>{timeOf(last.at)}</time>}
          {person.unread > 0 && !isOpen && <Unread count={person.unread} />}
        </span>
      </button>
    </li>
  );
}

function Unread({ count }: { count: number }) {
  return (
    <span class="unread">
      <span aria-hidden="true">{count}</span>
      <span class="visually-hidden">{w.customers.unread(count)}</span>
    </span>
  );
}
