import { Problem } from "../../api";
import { channels } from "../../lists";
import { notify, problemText } from "../../notices";
import { Icon } from "../../ui/Icon";
import { w } from "../../words";
import { useAct } from "../act";
import { adminApi } from "../api";

interface Props {
  onOwn: () => void;
  onConnected: () => void;
  /** Null where there is nothing to go back to. */
  onCancel: (() => void) | null;
}

/** A number to try it with, or one's own. */
export function Ways({ onOwn, onConnected, onCancel }: Props) {
  const connect = async () => {
    await adminApi.connectSandbox(w.admin.channels.sandboxName);
    notify("good", w.channels.connected);
    await channels.reload();
    onConnected();
  };
  const [isAsking, startSandbox] = useAct(() =>
    connect().catch((problem) => {
      const isNotOffered = problem instanceof Problem && problem.status === 404;
      notify("bad", isNotOffered ? w.channels.sandboxGone : problemText(problem));
    }),
  );
  return (
    <section class="ways" aria-label={w.channels.connect}>
      <article class="way">
        <Icon name="shield" size={24} />
        <h2>{w.channels.own}</h2>
        <p>{w.channels.ownText}</p>
        <button type="button" class="button button-main" onClick={onOwn}>
          {w.channels.own}
        </button>
      </article>
      <article class="way">
        <Icon name="chat" size={24} />
        <h2>{w.channels.sandbox}</h2>
        <p>{w.channels.sandboxText}</p>
        <button type="button" class="button" disabled={isAsking} onClick={startSandbox}>
          {w.channels.sandbox}
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
