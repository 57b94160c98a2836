import { useState } from "preact/hooks";
import { Dialog } from "../ui/Dialog";
import { w } from "../words";
import type { Group } from "./act";
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

/** Keys that every field and every list has, and that are therefore no acts of their own. */
const ALSO: Record<Group, readonly { title: string; keys: readonly string[] }[]> = {
  conversation: [{ title: w.keys.also.leave, keys: ["Escape"] }],
  list: [
    { title: w.keys.also.walk, keys: ["ArrowDown", "ArrowUp"] },
    { title: w.keys.also.open, keys: ["Enter"] },
  ],
  everywhere: [],
};

const linesOf = (group: Group) => [
  ...ACTS.filter((act) => act.group === group && act.key).map(({ title, key, keyAnywhere }) => ({
    title,
    keys: [key, keyAnywhere].flatMap((one) => one ?? []),
  })),
  ...ALSO[group],
];

/** In two columns of about one length. */
const COLUMNS: readonly Group[] = ["conversation", "everywhere", "list"];

/** What `?` shows. */
export function KeyList() {
  if (overlay.value !== "keys") return null;
  return (
    <Dialog title={w.keys.title} onClose={() => closeOverlay("keys")} wide>
      <div class="dialog-body key-list">
        {COLUMNS.map((group) => (
          <section key={group}>
            <h3>{w.keys.groups[group]}</h3>
            <dl>
              {linesOf(group).map(({ title, keys }) => (
                <div key={title}>
                  <dt>{title}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Key key={key} name={key} />
                    ))}
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
