import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { activeCustomer } from "./chats";
import { attempt, benchOpen, problem } from "./state";
import {
  fileTroubles,
  personalTroubles,
  sendingTroubles,
  type Trouble,
  troublesOn,
  turnAllOff,
  webhookTroubles,
} from "./troubles";
import { w } from "./words";
import { nameOf } from "./written";

/** Where it lies above the rest it takes the focus when it opens, and gives it back. */
function useFocus() {
  const closer = useRef<HTMLButtonElement>(null);
  const open = benchOpen.value;
  useEffect(() => {
    if (!open) return;
    const before = document.activeElement;
    closer.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [open]);
  return closer;
}

/** Where things are broken on purpose. */
export function Bench() {
  const closer = useFocus();
  const person = activeCustomer.value;
  const close = () => {
    benchOpen.value = false;
  };
  return (
    <aside class="bench" aria-label={w.faults.title} onKeyDown={(event) => event.key === "Escape" && close()}>
      <header>
        <h2>{w.faults.title}</h2>
        <button type="button" class="round" ref={closer} aria-label={w.close} onClick={close}>
          <Icon name="cross" size={18} />
        </button>
      </header>
      <NowOn />
      {person && <Group title={w.faults.ofPhone(nameOf(person))} troubles={personalTroubles(person)} />}
      <Group title={w.faults.answers} troubles={sendingTroubles.value} />
      <Group title={w.faults.webhooks} troubles={webhookTroubles.value} />
      <Group title={w.faults.files} troubles={fileTroubles.value} />
    </aside>
  );
}

/** What is switched on anywhere, and the way out of it. */
function NowOn() {
  const on = troublesOn.value;
  const said = useRef<HTMLParagraphElement>(null);
  // The button goes, and the focus must not go with it.
  async function turnOff() {
    await attempt(turnAllOff);
    said.current?.focus();
  }
  return (
    <div class={`now-on ${on.length > 0 ? "some" : ""}`}>
      <p role="status" ref={said} tabIndex={-1}>
        {on.length > 0 ? w.faults.on(on.length) : w.faults.none}
      </p>
      {on.length > 0 && (
        <>
          <ul>
            {on.map(({ label }) => (
              <li key={label}>{label}</li>
            ))}
          </ul>
          <button type="button" class="primary" onClick={() => void turnOff()}>
            {w.faults.allOff}
          </button>
        </>
      )}
    </div>
  );
}

function Group({ title, troubles }: { title: string; troubles: Trouble[] }) {
  return (
    <section>
      <h3>{title}</h3>
      {troubles.map((trouble) => (
        <Switch key={trouble.label} trouble={trouble} />
      ))}
    </section>
  );
}

function Switch({ trouble: { label, hint, isOn, fired, turn } }: { trouble: Trouble }) {
  const hintId = useId();
  async function change(box: HTMLInputElement) {
    await attempt(() => turn(box.checked));
    if (problem.value) box.checked = isOn;
  }
  return (
    <label class="switch">
      <span>
        {label}
        <small id={hintId}>{hint}</small>
        {isOn && fired > 0 && <small class="fired">{w.faults.happened(fired)}</small>}
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-label={label}
        aria-describedby={hintId}
        checked={isOn}
        aria-checked={isOn}
        onChange={(event) => void change(event.currentTarget)}
      />
    </label>
  );
}
