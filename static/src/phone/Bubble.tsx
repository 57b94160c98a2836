import { useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { react } from "./actions";
import { Body } from "./Body";
import { Buttons } from "./Buttons";
import { messages, number, replying } from "./state";
import { Ticks } from "./Ticks";
import type { Message } from "./types";
import { preview, timeOf } from "./words";

const EMOJIS = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

export function Bubble({ message, first }: { message: Message; first: boolean }) {
  const mine = message.sender === "customer";
  return (
    <div class={`entry ${mine ? "mine" : "theirs"} ${first ? "first" : ""}`} data-wamid={message.wamid}>
      <div class="bubble-box">
        <div class={`bubble kind-${message.type}`}>
          <Quote message={message} />
          <Body message={message} />
          <span class="meta">
            <time>{timeOf(message.at)}</time>
            {mine && <Ticks status={message.status} />}
          </span>
        </div>
        {!mine && <Buttons message={message} />}
        <Reactions message={message} />
      </div>
      <Menu message={message} />
    </div>
  );
}

function Quote({ message }: { message: Message }) {
  const id = message.context?.id ?? message.context?.message_id;
  const quoted = id && messages.value.find((each) => each.wamid === id);
  if (!quoted) return null;
  return (
    <div class={`quote of-${quoted.sender}`}>
      <strong>{quoted.sender === "customer" ? "Você" : number.value?.name}</strong>
      <span>{preview(quoted)}</span>
    </div>
  );
}

function Reactions({ message }: { message: Message }) {
  const given = Object.values(message.reactions ?? {}).filter(Boolean);
  return given.length ? <span class="reactions">{given.join("")}</span> : null;
}

function Menu({ message }: { message: Message }) {
  const [open, setOpen] = useState(false);
  const own = message.reactions?.customer;
  function choose(emoji: string) {
    setOpen(false);
    void react(message.wamid, emoji === own ? "" : emoji);
  }
  function reply() {
    setOpen(false);
    replying.value = message;
  }
  return (
    <div class={`bubble-menu ${open ? "open" : ""}`}>
      <button
        type="button"
        class="menu-button"
        aria-expanded={open}
        aria-label="Reagir ou responder"
        onClick={() => setOpen(!open)}
      >
        <Icon name="chevron" size={16} />
      </button>
      {open && (
        <div class="menu-sheet">
          {EMOJIS.map((emoji) => (
            <button
              type="button"
              key={emoji}
              aria-label={`Reagir com ${emoji}`}
              onClick={() => choose(emoji)}
            >
              {emoji}
            </button>
          ))}
          <button type="button" class="menu-reply" aria-label="Responder" onClick={reply}>
            <Icon name="reply" size={18} />
          </button>
        </div>
      )}
    </div>
  );
}
