import { Icon } from "../ui/Icon";
import { Body } from "./Body";
import { BubbleMenu } from "./BubbleMenu";
import { Buttons } from "./Buttons";
import { useChat } from "./chats";
import { number } from "./state";
import { Ticks } from "./Ticks";
import type { Message, Referral } from "./types";
import { w } from "./words";
import { preview, timeOf } from "./written";

export function Bubble({ message, first }: { message: Message; first: boolean }) {
  const mine = message.sender === "customer";
  return (
    <div class={`entry ${mine ? "mine" : "theirs"} ${first ? "first" : ""}`} data-wamid={message.wamid}>
      <div class="bubble-box">
        <div
          class={`bubble kind-${message.revoked ? "revoked" : message.type} ${message.edited ? "changed" : ""}`}
        >
          {message.revoked ? <Revoked /> : <Said message={message} />}
          <span class="meta">
            {message.edited && <span>{w.chat.edited}</span>}
            <time>{timeOf(message.at)}</time>
            {mine && !message.revoked && <Ticks status={message.status} />}
          </span>
        </div>
        {!mine && <Buttons message={message} />}
        <Reactions message={message} />
      </div>
      {!message.revoked && <BubbleMenu message={message} />}
    </div>
  );
}

function Said({ message }: { message: Message }) {
  return (
    <>
      {message.referral && <Ad referral={message.referral} />}
      <Quote message={message} />
      <Body message={message} />
    </>
  );
}

const Revoked = () => <p class="text odd">{w.chat.deletedByYou}</p>;

function Ad({ referral }: { referral: Referral }) {
  return (
    <div class="ad">
      <Icon name="spark" size={22} />
      <div>
        <strong>{referral.headline}</strong>
        <span>{referral.body}</span>
        <small>{w.body.ad}</small>
      </div>
    </div>
  );
}

function Quote({ message }: { message: Message }) {
  const { messages } = useChat();
  const id = message.context?.id ?? message.context?.message_id;
  const quoted = id && messages.value.find((each) => each.wamid === id);
  return quoted ? <QuoteOf message={quoted} /> : null;
}

/** The message that is answered, in one line. */
export function QuoteOf({ message }: { message: Message }) {
  return (
    <div class={`quote of-${message.sender}`}>
      <strong>{message.sender === "customer" ? w.chat.you : number.value?.name}</strong>
      <span>{preview(message)}</span>
    </div>
  );
}

function Reactions({ message }: { message: Message }) {
  const given = Object.values(message.reactions ?? {}).filter(Boolean);
  return given.length ? <span class="reactions">{given.join("")}</span> : null;
}
