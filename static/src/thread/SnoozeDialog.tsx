import { useState } from "preact/hooks";
import { addDays, dayIn } from "../reports/calendar";
import { timeZone } from "../time";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import type { Id } from "../wire";
import { w } from "../words";
import { snooze } from "./acts";
import { CHOICES, type Choice, momentOf, momentText, momentTyped } from "./snoozing";

interface Props {
  conversationId: Id;
  onClose: () => void;
}

type When = Choice | "own";

function Moment({ value, shown, onChoose }: { value: When; shown?: Date; onChoose: (when: When) => void }) {
  return (
    <label class="destination">
      <input
        type="radio"
        name="when"
        value={value}
        defaultChecked={value === "hour"}
        onChange={() => onChoose(value)}
      />
      <span>{w.desk.snooze[value]}</span>
      {shown && <small class="moment">{momentText(shown)}</small>}
    </label>
  );
}

/** Until when a conversation is put aside. */
export function SnoozeDialog({ conversationId, onClose }: Props) {
  const [when, setWhen] = useState<When>("hour");
  const [now] = useState(Date.now());
  const zone = timeZone.value;
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement).get("own");
    const until = when === "own" ? momentTyped(String(typed), zone) : momentOf(when, now, zone);
    if (await snooze(conversationId, until)) onClose();
  };
  return (
    <Dialog title={w.desk.snooze.title} onClose={onClose}>
      <form class="form dialog-body" onSubmit={send}>
        <p class="quiet">{w.desk.snooze.lead}</p>
        <fieldset class="destinations">
          <legend>{w.desk.snooze.when}</legend>
          {CHOICES.map((one) => (
            <Moment key={one} value={one} shown={momentOf(one, now, zone)} onChoose={setWhen} />
          ))}
          <Moment value="own" onChoose={setWhen} />
        </fieldset>
        {when === "own" && (
          <Field label={w.desk.snooze.ownLabel} hint={w.desk.snooze.zone(zone)}>
            {(control) => (
              <input
                {...control}
                class="input"
                type="datetime-local"
                name="own"
                defaultValue={`${addDays(dayIn(zone, now), 1)}T09:00`}
                min={`${dayIn(zone, now)}T00:00`}
                required
              />
            )}
          </Field>
        )}
        <div class="form-acts">
          <button type="button" class="button" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="button button-main">
            {w.desk.snooze.confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
