import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { cannedResponses, channels } from "../lists";
import { href } from "../route";
import { may, session } from "../session";
import { loadTenant, tenant } from "../tenant";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import { noteNavigation } from "./arrival";
import { members } from "./lists";
import { type Step, stepsOf } from "./setup";

const key = () => `balcao.setup.${session.value?.tenant.id}`;
const isHidden = signal(localStorage.getItem(key()) === "hidden");

function hide(): void {
  localStorage.setItem(key(), "hidden");
  isHidden.value = true;
}

/** Null until everything it is made of is known, so that it never appears only to go away. */
function steps(): Step[] | null {
  const lists = [channels, members, cannedResponses];
  if (!tenant.value || lists.some(({ state }) => state.value !== "ready")) return null;
  return stepsOf({
    channels: channels.rows.value,
    members: members.rows.value,
    tenant: tenant.value,
    cannedResponses: cannedResponses.rows.value,
  });
}

function ChecklistStep({ step, place }: { step: Step; place: number }) {
  const { title, text } = w.admin.setup.steps[step.name];
  return (
    <li class={step.isDone ? "setup-step setup-done" : "setup-step"}>
      <a href={href.settings(step.page)} onClick={noteNavigation}>
        <span class="setup-mark" aria-hidden="true">
          {step.isDone ? <Icon name="check" size={15} /> : place}
        </span>
        <strong>{title}</strong>
        <span class="setup-text">{step.isDone ? w.admin.setup.done : text}</span>
      </a>
    </li>
  );
}

/** The way to the first answered customer; it goes away when it has been walked. */
export function Checklist() {
  const isMine = may("tenant.edit") && !isHidden.value;
  useEffect(() => {
    if (!isMine) return;
    void loadTenant();
    for (const list of [channels, members, cannedResponses]) void list.load();
  }, [isMine]);
  const all = isMine ? steps() : null;
  const done = all?.filter(({ isDone }) => isDone).length ?? 0;
  if (!all || done === all.length) return null;
  return (
    <section class="setup" aria-labelledby="setup-title">
      <header class="setup-head">
        <h2 id="setup-title">{w.admin.setup.title}</h2>
        <span class="setup-count">{w.admin.setup.count(done, all.length)}</span>
        <button type="button" class="link-button" onClick={hide}>
          {w.admin.setup.hide}
        </button>
      </header>
      <ol class="setup-steps">
        {all.map((step, place) => (
          <ChecklistStep key={step.name} step={step} place={place + 1} />
        ))}
      </ol>
    </section>
  );
}
