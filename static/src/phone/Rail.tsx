import { useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { AppearanceMenu } from "./AppearanceMenu";
import { Customers } from "./Customers";
import { NumberCard } from "./NumberCard";
import { NumberForm } from "./NumberForm";
import { chooseNumber } from "./start";
import { attempt, benchOpen, numberId, numbers } from "./state";
import { troublesOn } from "./troubles";
import { w } from "./words";

export function Rail() {
  return (
    <aside class="rail" aria-label={w.list}>
      <header class="rail-head">
        <div>
          <h1>{w.title}</h1>
          <p>{w.lead}</p>
        </div>
        <button
          type="button"
          class="bench-button round"
          aria-label={w.faults.title}
          onClick={() => (benchOpen.value = true)}
        >
          <Icon name="alert" size={19} />
          {troublesOn.value.length > 0 && <i class="dot" />}
        </button>
        <AppearanceMenu />
      </header>
      <NumberChooser />
      <NumberCard />
      <Customers />
    </aside>
  );
}

function NumberChooser() {
  const [adding, setAdding] = useState(false);
  function choose(value: string) {
    setAdding(value === "");
    if (value) void attempt(() => chooseNumber(value));
  }
  return (
    <>
      <label class="chooser">
        <span>{w.number.choose}</span>
        <select value={adding ? "" : numberId.value} onChange={(event) => choose(event.currentTarget.value)}>
          {numbers.value.map((each) => (
            <option key={each.phoneNumberId} value={each.phoneNumberId}>
              {each.name}
            </option>
          ))}
          <option value="">{w.number.fresh}</option>
        </select>
      </label>
      {adding && <NumberForm onDone={() => setAdding(false)} />}
    </>
  );
}
