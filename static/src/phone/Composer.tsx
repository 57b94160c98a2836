import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { AttachMenu } from "./AttachMenu";
import { sendText } from "./actions";
import { customerKey, number, replying } from "./state";
import { preview } from "./words";

const TALLEST = 120;

export function Composer() {
  const [text, setText] = useState("");
  const [attaching, setAttaching] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const key = customerKey.value;
  useEffect(() => field.current?.focus(), [key, replying.value]);
  useEffect(() => {
    if (!field.current) return;
    field.current.style.height = "auto";
    field.current.style.height = `${Math.min(field.current.scrollHeight, TALLEST)}px`;
  }, [text]);
  function send(event: Event) {
    event.preventDefault();
    if (!text.trim()) return;
    void sendText(text.trim());
    setText("");
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
  }
  return (
    <form class="composer" onSubmit={send}>
      <Answering />
      {attaching && <AttachMenu onDone={() => setAttaching(false)} />}
      <div class="field">
        <button
          type="button"
          aria-label="Anexar"
          aria-expanded={attaching}
          onClick={() => setAttaching(!attaching)}
        >
          <Icon name="clip" size={22} />
        </button>
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder="Mensagem"
          aria-label="Mensagem"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <button type="submit" class="send" aria-label="Enviar" disabled={!text.trim()}>
        <Icon name="send" size={22} />
      </button>
    </form>
  );
}

function Answering() {
  const message = replying.value;
  if (!message) return null;
  return (
    <div class="answering">
      <div class={`quote of-${message.sender}`}>
        <strong>{message.sender === "customer" ? "Você" : number.value?.name}</strong>
        <span>{preview(message)}</span>
      </div>
      <button type="button" aria-label="Cancelar resposta" onClick={() => (replying.value = null)}>
        <Icon name="cross" size={18} />
      </button>
    </div>
  );
}
