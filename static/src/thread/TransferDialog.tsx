import { useEffect } from "preact/hooks";
import { people, teams } from "../lists";
import { me } from "../session";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import type { Id } from "../wire";
import { w } from "../words";
import { transfer } from "./acts";

interface Props {
  conversationId: Id;
  onClose: () => void;
}

function Destinations() {
  return (
    <>
      <optgroup label={w.thread.people}>
        {people.rows.value
          .filter((person) => person.id !== me.value?.id)
          .map((person) => (
            <option key={person.id} value={`userId ${person.id}`}>
              {person.name}
            </option>
          ))}
      </optgroup>
      {teams.rows.value.length > 0 && (
        <optgroup label={w.thread.teams}>
          {teams.rows.value.map((team) => (
            <option key={team.id} value={`teamId ${team.id}`}>
              {team.name}
            </option>
          ))}
        </optgroup>
      )}
    </>
  );
}

export function TransferDialog({ conversationId, onClose }: Props) {
  useEffect(() => {
    void people.load();
    void teams.load();
  }, []);
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const [kind = "userId", id = ""] = String(form.get("to")).split(" ");
    const isDone = await transfer(conversationId, { [kind]: id, reason: String(form.get("reason")) });
    if (isDone) onClose();
  };
  return (
    <Dialog title={w.thread.transferTitle} onClose={onClose}>
      <form class="form dialog-body" onSubmit={send}>
        <Field label={w.thread.transferTo}>
          {(control) => (
            <select {...control} class="input" name="to" required>
              <Destinations />
            </select>
          )}
        </Field>
        <Field label={w.thread.transferReason} hint={w.thread.transferReasonHint}>
          {(control) => <textarea {...control} class="input" name="reason" rows={3} required />}
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
