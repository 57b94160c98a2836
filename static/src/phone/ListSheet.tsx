import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { tap } from "./actions";
import type { Message } from "./types";

/** The rows of a list message, from the bottom of the phone. */
export function ListSheet({ message, onClose }: { message: Message; onClose: () => void }) {
  const [chosen, setChosen] = useState("");
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const action = message.content.action;
  async function send() {
    await tap(message.wamid, chosen);
    onClose();
  }
  return (
    <dialog class="sheet" ref={dialog} aria-label={action?.button ?? "Opções"} onClose={onClose}>
      <header>
        <button type="button" aria-label="Fechar" onClick={onClose}>
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
                  name="row"
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
          Enviar
        </button>
      </footer>
    </dialog>
  );
}
