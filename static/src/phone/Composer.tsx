import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { AttachMenu } from "./AttachMenu";
import { sendText } from "./actions";
import { QuoteOf } from "./Bubble";
import { calledKey, useChat } from "./chats";
import { Microphone, VoiceNote } from "./VoiceNote";
import { w } from "./words";

const TALLEST = 120;

function useText() {
  const chat = useChat();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  const edited = chat.editing.value;
  useEffect(() => {
    if (!edited) return;
    setText(typeof edited.content?.body === "string" ? edited.content.body : "");
    return () => setText("");
  }, [edited]);
  useEffect(() => {
    if (chat.replying.value || edited) field.current?.focus();
  }, [chat.replying.value, edited]);
  useEffect(() => {
    if (calledKey.value !== chat.key) return;
    calledKey.value = "";
    field.current?.focus();
  }, [calledKey.value]);
  useEffect(() => {
    if (!field.current) return;
    field.current.style.height = "auto";
    field.current.style.height = `${Math.min(field.current.scrollHeight, TALLEST)}px`;
  }, [text]);
  return { field, text, setText };
}

export function Composer() {
  const chat = useChat();
  const [speaking, setSpeaking] = useState(false);
  function hasSpoken() {
    setSpeaking(false);
    calledKey.value = chat.key;
  }
  return (
    <div class="composer">
      <Answering />
      {speaking ? <VoiceNote onClose={hasSpoken} /> : <Writing onSpeak={() => setSpeaking(true)} />}
    </div>
  );
}

function Writing({ onSpeak }: { onSpeak: () => void }) {
  const chat = useChat();
  const { field, text, setText } = useText();
  const [attaching, setAttaching] = useState(false);
  function send(event: Event) {
    event.preventDefault();
    if (!text.trim()) return;
    void sendText(chat, text.trim());
    setText("");
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
  }
  function closeMenu() {
    setAttaching(false);
    field.current?.focus();
  }
  function attached() {
    closeMenu();
    setText("");
  }
  return (
    <form class="writing" onSubmit={send}>
      {attaching && <AttachMenu caption={text.trim()} onDone={attached} onClose={closeMenu} />}
      <div class="field">
        <Clip isOpen={attaching} onClick={() => setAttaching(!attaching)} />
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={w.chat.message}
          aria-label={w.chat.message}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {!text && !chat.editing.value && <Microphone onClick={onSpeak} />}
      </div>
      <button type="submit" class="send" aria-label={w.send} disabled={!text.trim()}>
        <Icon name="send" size={22} />
      </button>
    </form>
  );
}

function Clip({ isOpen, onClick }: { isOpen: boolean; onClick: () => void }) {
  return (
    <button type="button" aria-label={w.chat.attach} aria-expanded={isOpen} onClick={onClick}>
      <Icon name="clip" size={22} />
    </button>
  );
}

/** What is being answered or changed. */
function Answering() {
  const { replying, editing } = useChat();
  const message = editing.value ?? replying.value;
  if (!message) return null;
  const stop = () => {
    replying.value = null;
    editing.value = null;
  };
  return (
    <div class="answering">
      {editing.value ? <span class="editing">{w.chat.editing}</span> : <QuoteOf message={message} />}
      <button
        type="button"
        aria-label={editing.value ? w.chat.cancelEdit : w.chat.cancelReply}
        onClick={stop}
      >
        <Icon name="cross" size={18} />
      </button>
    </div>
  );
}
