import { useState } from "preact/hooks";
import { addNumber } from "./api";
import { chooseNumber } from "./start";
import { attempt, loadNumbers } from "./state";
import { w } from "./words";

/** Another business, for whoever wants to connect a number of their own. */
export function NumberForm({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState(w.number.suggestion);
  const create = async () => {
    const added = await addNumber(name.trim());
    await loadNumbers();
    await chooseNumber(added.phoneNumberId);
    onDone();
  };
  return (
    <form
      class="new-customer"
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(create);
      }}
    >
      <label>
        <span>{w.number.name}</span>
        <input value={name} required onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <button type="submit" class="primary">
        {w.number.create}
      </button>
    </form>
  );
}
