import { useState } from "preact/hooks";
import { useModal } from "../ui/useModal";
import { w } from "./words";

interface Props {
  title: string;
  /** Without a label there is nothing to write: yes or no. */
  label?: string;
  value?: string;
  yes: string;
  onYes: (written: string) => Promise<unknown>;
  onClose: () => void;
}

/** One question: a line to write, or only a yes. */
export function Ask({ title, label, value = "", yes, onYes, onClose }: Props) {
  const ref = useModal();
  const [written, setWritten] = useState(value);
  const isWritten = !label || written.trim() !== "";
  function submit(event: Event) {
    event.preventDefault();
    void onYes(written.trim());
    onClose();
  }
  return (
    <dialog ref={ref} class="ask" aria-label={title} onClose={onClose}>
      <form onSubmit={submit}>
        <h2>{title}</h2>
        {label && (
          <label>
            <span>{label}</span>
            <input value={written} onInput={(event) => setWritten(event.currentTarget.value)} />
          </label>
        )}
        <footer>
          <button type="button" class="plain" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="primary" disabled={!isWritten}>
            {yes}
          </button>
        </footer>
      </form>
    </dialog>
  );
}
