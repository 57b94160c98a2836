import { useEffect } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { Bench } from "./Bench";
import { chats, lookAtPhones } from "./chats";
import { Phone } from "./Phone";
import { Rail } from "./Rail";
import { start } from "./start";
import { attempt, benchOpen, connected, problem } from "./state";
import { listen } from "./stream";
import { w } from "./words";

function useSimulator() {
  useEffect(() => {
    void attempt(start).then(listen);
    document.addEventListener("visibilitychange", () => void attempt(() => lookAtPhones(!document.hidden)));
    window.addEventListener("pagehide", () => void lookAtPhones(false));
  }, []);
}

export function Phones() {
  useSimulator();
  const open = chats.value;
  return (
    <div class={`stage ${open.length > 0 ? "with-chat" : ""} ${benchOpen.value ? "with-bench" : ""}`}>
      <Rail />
      <main class={`desk phones-${open.length}`}>
        {open.length === 0 && <NoPhone />}
        {open.map((chat) => (
          <Phone key={chat.key} chat={chat} />
        ))}
      </main>
      <Bench />
      {!connected.value && (
        <p class="offline" role="status">
          {w.offline}
        </p>
      )}
      <Problem />
    </div>
  );
}

function NoPhone() {
  return (
    <div class="no-chat">
      <Icon name="chat" size={44} />
      <p>{w.customers.none}</p>
    </div>
  );
}

function Problem() {
  if (!problem.value) return null;
  return (
    <div class="toast" role="alert">
      <span>{problem.value}</span>
      <button type="button" aria-label={w.closeNotice} onClick={() => (problem.value = "")}>
        <Icon name="cross" size={16} />
      </button>
    </div>
  );
}
