import { useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { Ask } from "./Ask";
import { changeCustomer, forgetCustomer, moveCustomer } from "./actions";
import type { Customer } from "./types";
import { w } from "./words";
import { nameOf } from "./written";

type Asking = "name" | "number" | "removal" | null;

/** What happens to the customer, not in the chat: another name, another number, or gone. */
export function PersonMenu({ person }: { person: Customer }) {
  const [asking, setAsking] = useState<Asking>(null);
  const name = nameOf(person);
  const close = () => setAsking(null);
  return (
    <>
      <Menu className="round" label={w.person.menu(name)} trigger={<Icon name="more" size={19} />}>
        <MenuItem onChoose={() => setAsking("name")}>{w.person.rename}</MenuItem>
        {person.phone && <MenuItem onChoose={() => setAsking("number")}>{w.person.move}</MenuItem>}
        <MenuItem onChoose={() => setAsking("removal")}>{w.person.remove}</MenuItem>
      </Menu>
      {asking === "name" && (
        <Ask
          title={w.person.rename}
          label={w.customers.name}
          value={person.name}
          yes={w.save}
          onYes={(written) => changeCustomer(person.key, { name: written })}
          onClose={close}
        />
      )}
      {asking === "number" && (
        <Ask
          title={w.person.move}
          label={w.person.newNumber}
          value={person.phone ?? ""}
          yes={w.person.moveTo}
          onYes={(written) => moveCustomer(person.key, written)}
          onClose={close}
        />
      )}
      {asking === "removal" && (
        <Ask
          title={w.person.removeAsk(name)}
          yes={w.person.removeYes}
          onYes={() => forgetCustomer(person.key)}
          onClose={close}
        />
      )}
    </>
  );
}
