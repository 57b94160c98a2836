import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Bubble } from "./Bubble";
import { Composer } from "./Composer";
import { nameIn, useChat } from "./chats";
import { number, shown } from "./state";
import type { Message } from "./types";
import { w } from "./words";
import { dayName, dayOf, initials, phoneText } from "./written";

const NEAR_THE_END = 120;

/** The screen of the phone: the conversation with the business. */
export function ChatView() {
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
  const until = useChat().typingUntil.value;
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
      <span class="avatar business">{initials(name)}</span>
      <div class="chat-title">
        <strong>{name}</strong>
        <span aria-live="polite">{typing ? w.chat.typing : w.chat.business}</span>
      </div>
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
  const chat = useChat();
  const { box, inside, onScroll } = useFollowing();
  const messages = shown(chat.messages.value);
  const name = nameIn(chat);
  return (
    <div
      class="thread"
      ref={box}
      onScroll={onScroll}
      role="log"
      aria-live={chat.isLoaded.value ? "polite" : "off"}
      aria-label={w.chat.messages(name)}
    >
      <div ref={inside}>
        <p class="notice">{w.chat.notice(name)}</p>
        {messages.map((message, place) => (
          <Entry key={message.wamid} message={message} before={messages[place - 1]} />
        ))}
      </div>
    </div>
  );
}

function Entry({ message, before }: { message: Message; before: Message | undefined }) {
  const newDay = !before || dayOf(before.at) !== dayOf(message.at);
  const first = newDay || before.sender !== message.sender || before.type === "system";
  return (
    <>
      {newDay && <p class="day">{dayName(message.at)}</p>}
      {message.type === "system" ? (
        <p class="day">{w.chat.moved(phoneText(message.content?.wa_id ?? ""))}</p>
      ) : (
        <Bubble message={message} first={first} />
      )}
    </>
  );
}
