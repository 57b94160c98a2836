import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { tap } from "./actions";
import { useChat } from "./chats";
import type { Message } from "./types";
import { w } from "./words";

/** The rows of the opened list message, from the bottom of the phone. */
export function ListSheet({ message }: { message: Message }) {
  const chat = useChat();
  const [chosen, setChosen] = useState("");
  const action = message.content?.action;
  const close = () => {
    chat.list.value = null;
  };
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    first.current?.focus();
    const onKeyDown = (event: KeyboardEvent) => event.key === "Escape" && close();
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  async function send() {
    await tap(chat, message.wamid, chosen);
    close();
  }
  return (
    <>
      <button type="button" class="sheet-shade" aria-label={w.close} tabIndex={-1} onClick={close} />
      <dialog class="sheet" open aria-label={action?.button ?? w.body.options}>
        <header>
          <button type="button" aria-label={w.close} ref={first} onClick={close}>
            <Icon name="cross" size={20} />
          </button>
          <strong>{action?.button}</strong>
        </header>
        <div class="sheet-rows">
          {action?.sections?.map((section, place) => (
            <fieldset key={section.title ?? place}>
              {section.title && <legend>{section.title}</legend>}
              {section.rows.map((row) => (
                <label key={row.id}>
                  <span>
                    <strong>{row.title}</strong>
                    {row.description && <small>{row.description}</small>}
                  </span>
                  <input
                    type="radio"
                    name={`row of ${message.wamid}`}
                    checked={chosen === row.id}
                    onChange={() => setChosen(row.id)}
                  />
                </label>
              ))}
            </fieldset>
          ))}
        </div>
        <footer>
          <button type="button" class="primary" disabled={!chosen} onClick={() => void send()}>
            {w.send}
          </button>
        </footer>
      </dialog>
    </>
  );
}
