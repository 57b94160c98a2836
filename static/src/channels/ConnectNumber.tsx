import { useState } from "preact/hooks";
import { api, Problem } from "../api";
import { channels } from "../lists";
import { notify, problemText } from "../notices";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import { OwnNumberForm } from "./OwnNumberForm";

interface Props {
  onConnected: () => void;
  onCancel: (() => void) | null;
}

const SANDBOX_NAME = "Número de teste";

export function ConnectNumber({ onConnected, onCancel }: Props) {
  const [isAsking, setAsking] = useState(false);
  const [isOwn, setOwn] = useState(false);

  const connected = async () => {
    notify("good", w.channels.connected);
    await channels.reload();
    onConnected();
  };
  const startSandbox = async () => {
    setAsking(true);
    try {
      await api.connectSandbox(SANDBOX_NAME);
      await connected();
    } catch (problem) {
      const isNotOffered = problem instanceof Problem && problem.status === 404;
      notify("bad", isNotOffered ? w.channels.sandboxGone : problemText(problem));
    } finally {
      setAsking(false);
    }
  };

  if (isOwn) return <OwnNumberForm onConnected={connected} onCancel={() => setOwn(false)} />;
  return (
    <section class="ways" aria-label={w.channels.connect}>
      <article class="way">
        <Icon name="chat" size={24} />
        <h2>{w.channels.sandbox}</h2>
        <p>{w.channels.sandboxText}</p>
        <button type="button" class="button button-main" disabled={isAsking} onClick={startSandbox}>
          {w.channels.sandbox}
        </button>
      </article>
      <article class="way">
        <Icon name="shield" size={24} />
        <h2>{w.channels.own}</h2>
        <p>{w.channels.ownText}</p>
        <button type="button" class="button" onClick={() => setOwn(true)}>
          {w.channels.own}
        </button>
      </article>
      {onCancel && (
        <button type="button" class="button button-quiet" onClick={onCancel}>
          {w.cancel}
        </button>
      )}
    </section>
  );
}
