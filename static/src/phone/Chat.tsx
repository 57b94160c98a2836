import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { benchOpen } from "./App";
import { Bubble } from "./Bubble";
import { Composer } from "./Composer";
import { attempt, customer, customerKey, leaveChat, number, shown, typingUntil } from "./state";
import type { Message } from "./types";
import { dayName, dayOf, initials } from "./words";

const NEAR_THE_END = 120;

export function Chat() {
  return (
    <>
      <ChatHead />
      <Thread />
      <Composer />
    </>
  );
}

/** True until the business has been silent for 25 s; looked at again each second. */
function useTyping(): boolean {
  const [now, setNow] = useState(Date.now());
  const until = typingUntil.value;
  useEffect(() => {
    if (until <= Date.now()) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [until]);
  return until > now;
}

function ChatHead() {
  const typing = useTyping();
  const name = number.value?.name ?? "";
  return (
    <header class="chat-head">
      <button type="button" class="back" aria-label="Voltar aos clientes" onClick={() => void attempt(leaveChat)}>
        <Icon name="back" size={22} />
      </button>
      <span class="avatar business">{initials(name)}</span>
      <div class="chat-title">
        <strong>{name}</strong>
        <span aria-live="polite">{typing ? "digitando…" : "conta comercial"}</span>
      </div>
      <button
        type="button"
        class="bench-button"
        aria-label="Abrir a bancada de falhas"
        onClick={() => (benchOpen.value = true)}
      >
        <Icon name="more" size={22} />
      </button>
    </header>
  );
}

function Thread() {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const messages = shown.value;
  const key = customerKey.value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newly opened chat starts at its end
  useLayoutEffect(() => {
    atEnd.current = true;
  }, [key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is drawn may move the end
  useLayoutEffect(() => {
    if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight;
  });
  function onScroll() {
    if (!box.current) return;
    const { scrollHeight, scrollTop, clientHeight } = box.current;
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
  }
  return (
    <div class="thread" ref={box} onScroll={onScroll} role="log" aria-label="Mensagens">
      <p class="notice">
        🔒 Conversa simulada de {customer.value?.name}. As mensagens ficam entre este telefone e o Balcão.
      </p>
      {messages.map((message, place) => (
        <Entry key={message.wamid} message={message} before={messages[place - 1]} />
      ))}
    </div>
  );
}

function Entry({ message, before }: { message: Message; before: Message | undefined }) {
  const newDay = !before || dayOf(before.at) !== dayOf(message.at);
  const first = newDay || before.sender !== message.sender;
  return (
    <>
      {newDay && <p class="day">{dayName(message.at)}</p>}
      <Bubble message={message} first={first} />
    </>
  );
}
