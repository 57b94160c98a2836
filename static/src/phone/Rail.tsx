import { useState } from "preact/hooks";
import { AppearanceMenu } from "./AppearanceMenu";
import { BenchButton } from "./BenchButton";
import { Customers } from "./Customers";
import { NumberCard } from "./NumberCard";
import { NumberForm } from "./NumberForm";
import { chooseNumber } from "./start";
import { attempt, numberId, numbers } from "./state";
import { w } from "./words";

export function Rail() {
  return (
    <aside class="rail" aria-label={w.list}>
      <header class="rail-head">
        <div>
          <h1>{w.title}</h1>
          <p>{w.lead}</p>
        </div>
        <BenchButton />
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
