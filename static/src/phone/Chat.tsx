import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { Bubble } from "./Bubble";
import { Composer } from "./Composer";
import { attempt, benchOpen, customer, customerKey, leaveChat, number, shown, typingUntil } from "./state";
import type { Message } from "./types";
import { dayName, dayOf, initials } from "./words";

const NEAR_THE_END = 120;

export function Chat() {
  return (
    <>
      <ChatHead />
      <Thread key={customerKey.value} />
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
      <button
        type="button"
        class="back"
        aria-label="Voltar aos clientes"
        onClick={() => void attempt(leaveChat)}
      >
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
        aria-label="Simular problemas"
        onClick={() => (benchOpen.value = true)}
      >
        <Icon name="more" size={22} />
      </button>
    </header>
  );
}

/** Stays at the end while it is there, also when a picture makes the thread longer. */
function useFollowing() {
  const box = useRef<HTMLDivElement>(null);
  const inside = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const lastTop = useRef(0);
  useLayoutEffect(() => {
    const follow = new ResizeObserver(() => {
      if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight;
    });
    if (box.current) follow.observe(box.current);
    if (inside.current) follow.observe(inside.current);
    return () => follow.disconnect();
  }, []);
  function onScroll() {
    if (!box.current) return;
    const { scrollHeight, scrollTop, clientHeight } = box.current;
    if (scrollHeight - scrollTop - clientHeight < NEAR_THE_END) atEnd.current = true;
    else if (scrollTop < lastTop.current) atEnd.current = false;
    lastTop.current = scrollTop;
  }
  return { box, inside, onScroll };
}

function Thread() {
  const { box, inside, onScroll } = useFollowing();
  const messages = shown.value;
  return (
    <div class="thread" ref={box} onScroll={onScroll} role="log" aria-label="Mensagens">
      <div ref={inside}>
        <p class="notice">
          Conversa simulada: as mensagens de {customer.value?.name} ficam entre este telefone e o Balcão.
        </p>
        {messages.map((message, place) => (
          <Entry key={message.wamid} message={message} before={messages[place - 1]} />
        ))}
      </div>
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
