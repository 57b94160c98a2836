import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { people, teams } from "../lists";
import { Colleague } from "../presence/Colleague";
import { colleagues } from "../presence/colleagues";
import { me } from "../session";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { Icon } from "../ui/Icon";
import type { Id } from "../wire";
import { w } from "../words";
import { transfer } from "./acts";

interface Props {
  conversationId: Id;
  onClose: () => void;
}

function Destination({ value, children }: { value: string; children: ComponentChildren }) {
  return (
    <label class="destination">
      <input type="radio" name="to" value={value} required />
      {children}
    </label>
  );
}

function Destinations() {
  const others = colleagues().filter((person) => person.id !== me.value?.id);
  return (
    <fieldset class="destinations">
      <legend>{w.thread.transferTo}</legend>
      {teams.rows.value.map((team) => (
        <Destination key={team.id} value={`teamId ${team.id}`}>
          <Icon name="team" size={18} />
          <span>{w.thread.team(team.name)}</span>
        </Destination>
      ))}
      {others.map((person) => (
        <Destination key={person.id} value={`userId ${person.id}`}>
          <Colleague person={person} />
        </Destination>
      ))}
      {people.state.value === "ready" && others.length + teams.rows.value.length === 0 && (
        <p class="menu-note">{w.thread.nobodyElse}</p>
      )}
    </fieldset>
  );
}

export function TransferDialog({ conversationId, onClose }: Props) {
  useEffect(() => {
    void people.reload();
    void teams.load();
  }, []);
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const [kind = "userId", id = ""] = String(form.get("to")).split(" ");
    const reason = String(form.get("reason")).trim();
    const isDone = await transfer(conversationId, { [kind]: id, reason: reason || null });
    if (isDone) onClose();
  };
  return (
    <Dialog title={w.thread.transferTitle} onClose={onClose}>
      <form class="form dialog-body" onSubmit={send}>
        <Destinations />
        <Field label={`${w.thread.transferReason} (${w.optional})`} hint={w.thread.transferReasonHint}>
          {(control) => <textarea {...control} class="input" name="reason" rows={3} />}
        </Field>
        <div class="form-acts">
          <button type="button" class="button" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="button button-main">
            {w.thread.transfer}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
