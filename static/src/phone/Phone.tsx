import { Icon } from "../ui/Icon";
import { BenchButton } from "./BenchButton";
import { ChatView } from "./ChatView";
import { activeKey, type Chat, ChatProvider, closePhone, customerOf, nameIn } from "./chats";
import { ListSheet } from "./ListSheet";
import { PersonMenu } from "./PersonMenu";
import { attempt, missing } from "./state";
import { w } from "./words";
import { phoneText } from "./written";

/** One customer's phone, and above it whose it is. */
export function Phone({ chat }: { chat: Chat }) {
  const active = chat.key === activeKey.value;
  const take = () => {
    activeKey.value = chat.key;
  };
  return (
    <ChatProvider value={chat}>
      <section
        class={`phone ${active ? "active" : ""}`}
        aria-label={w.person.phoneOf(nameIn(chat))}
        onFocusIn={take}
        onPointerDown={take}
      >
        <Label chat={chat} />
        <div class="device">
          <ChatView />
          {chat.list.value && <ListSheet message={chat.list.value} />}
        </div>
      </section>
    </ChatProvider>
  );
}

function Label({ chat }: { chat: Chat }) {
  const person = customerOf(chat);
  const close = () => void attempt(() => closePhone(chat.key));
  return (
    <header class="phone-label">
      <button type="button" class="back round" aria-label={w.person.back} onClick={close}>
        <Icon name="back" size={20} />
      </button>
      <div class="phone-whose">
        <strong>{nameIn(chat)}</strong>
        <p>
          {person?.phone ? phoneText(person.phone) : person?.userId} <Missing chat={chat} />
        </p>
      </div>
      {person && <PersonMenu person={person} />}
      <BenchButton />
      <button type="button" class="close round" aria-label={w.person.closePhone} onClick={close}>
        <Icon name="cross" size={18} />
      </button>
    </header>
  );
}

/** What was sent to this phone and is not on it: the customer does not see it, whoever tries things out does. */
function Missing({ chat }: { chat: Chat }) {
  const absent = missing(chat.messages.value);
  const failed = absent.filter(({ status }) => status === "failed");
  const why = failed.at(-1)?.failure;
  const lost = absent.filter((message) => message.lost).length;
  const waiting = absent.length - failed.length - lost;
  return (
    <span class="missing-ones" role="status">
      {waiting > 0 && <span>{w.person.waiting(waiting)}</span>}
      {lost > 0 && <span>{w.person.lost(lost)}</span>}
      {failed.length > 0 && (
        <span class="failed" title={why?.title}>
          {w.person.failed(failed.length, `${why?.code ?? ""} ${why?.title ?? ""}`)}
        </span>
      )}
    </span>
  );
}
