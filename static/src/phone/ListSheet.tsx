import { useEffect, useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { tap } from "./actions";
import { openList } from "./state";
import type { Message } from "./types";

const close = () => {
  openList.value = null;
};

/** The rows of the opened list message, from the bottom of the phone. */
export function ListSheet({ message }: { message: Message }) {
  const [chosen, setChosen] = useState("");
  const action = message.content.action;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => event.key === "Escape" && close();
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  async function send() {
    await tap(message.wamid, chosen);
    close();
  }
  return (
    <>
      <button type="button" class="sheet-shade" aria-label="Fechar a lista" onClick={close} />
      <dialog class="sheet" open aria-label={action?.button ?? "Opções"}>
        <header>
          <button type="button" aria-label="Fechar" onClick={close}>
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
    </>
  );
}
