import { dismiss, type Notice, notices } from "../notices";
import { w } from "../words";
import { Icon } from "./Icon";

function Act({ notice: { key, act } }: { notice: Notice }) {
  if (!act) return null;
  const run = () => {
    dismiss(key);
    act.run();
  };
  return (
    <button type="button" class="link-button notice-act" onClick={run}>
      {act.label}
    </button>
  );
}

export function Notices() {
  return (
    <section class="notices" aria-label={w.notices.label} aria-live="polite">
      {notices.value.map((notice) => (
        <div key={notice.key} class={`notice notice-${notice.tone}`}>
          <Icon name={notice.tone === "good" ? "check" : "alert"} />
          <span>{notice.text}</span>
          <Act notice={notice} />
          <button
            type="button"
            class="icon-button"
            aria-label={w.notices.dismiss}
            onClick={() => dismiss(notice.key)}
          >
            <Icon name="cross" size={16} />
          </button>
        </div>
      ))}
    </section>
  );
}
