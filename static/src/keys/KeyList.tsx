import { useState } from "preact/hooks";
import { Dialog } from "../ui/Dialog";
import { w } from "../words";
import { GROUPS } from "./act";
import { ACTS } from "./acts";
import { Key } from "./Key";
import { areKeysOn, turnKeys } from "./listen";
import { closeOverlay, overlay } from "./overlay";

function Switch() {
  const [isOn, setOn] = useState(areKeysOn());
  const turn = (next: boolean) => {
    turnKeys(next);
    setOn(next);
  };
  return (
    <label class="check-line">
      <input type="checkbox" checked={isOn} onChange={(event) => turn(event.currentTarget.checked)} />
      {w.keys.on}
    </label>
  );
}

/** What `?` shows. */
export function KeyList() {
  if (overlay.value !== "keys") return null;
  return (
    <Dialog title={w.keys.title} onClose={() => closeOverlay("keys")} wide>
      <div class="dialog-body key-list">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{w.keys.groups[group]}</h3>
            <dl>
              {ACTS.filter((act) => act.group === group && act.key).map((act) => (
                <div key={act.id}>
                  <dt>{act.title}</dt>
                  <dd>
                    <Key name={act.key ?? ""} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <Switch />
      </div>
    </Dialog>
  );
}
