// What can be broken on purpose: by a fault of the simulator, on the number, or on one customer's phone.
import { computed } from "@preact/signals";
import * as api from "./api";
import { type FaultWanted, FILES, PERSONAL, SENDING, type TroubleName, WEBHOOKS } from "./faults";
import { customers, faults, loadCustomers, loadFaults, loadNumbers, number, numberId } from "./state";
import type { Customer, Fault } from "./types";
import { w } from "./words";
import { nameOf } from "./written";

/** A switch: `fired` is how often it has taken effect since it was turned on. */
export interface Trouble {
  label: string;
  hint: string;
  isOn: boolean;
  fired: number;
  turn: (on: boolean) => Promise<unknown>;
}

const isMine = (fault: Fault) => [null, numberId.value].includes(fault.phoneNumberId);

const isOf = (fault: Fault, wanted: FaultWanted) =>
  fault.kind === wanted.kind &&
  fault.operation === (wanted.operation ?? "send") &&
  fault.code === wanted.code;

function named(name: TroubleName, trouble: Omit<Trouble, "label" | "hint">): Trouble {
  const [label, hint] = w.faults.of[name];
  return { label, hint, ...trouble };
}

function byFault(name: TroubleName, ...wanted: FaultWanted[]): Trouble {
  const standing = faults.value.filter((fault) => isMine(fault) && wanted.some((one) => isOf(fault, one)));
  async function turn(on: boolean) {
    if (on) await Promise.all(wanted.map((one) => api.addFault({ ...one, phoneNumberId: numberId.value })));
    else await Promise.all(standing.map(({ id }) => api.removeFault(id)));
    await loadFaults();
  }
  const fired = standing.reduce((sum, fault) => sum + fault.fired, 0);
  return named(name, { isOn: standing.length > 0, fired, turn });
}

function byNumber(name: TroubleName, isOn: boolean, change: (on: boolean) => object): Trouble {
  const turn = (on: boolean) => api.changeNumber(numberId.value, change(on)).then(loadNumbers);
  return named(name, { isOn, fired: 0, turn });
}

export const personalTroubles = (person: Customer): Trouble[] =>
  PERSONAL.map(([name, isOn, change]) => {
    const turn = (on: boolean) =>
      api.changeCustomer(numberId.value, person.key, change(on)).then(loadCustomers);
    return named(name, { isOn: isOn(person), fired: 0, turn });
  });

export const sendingTroubles = computed<Trouble[]>(() => [
  ...SENDING.map((one) => byFault(...one)),
  byNumber("token", number.value?.tokenValid === false, (on) => ({ tokenValid: !on })),
  byNumber("slow", (number.value?.settings.latency ?? 0) > 0, (on) => ({
    settings: { latency: on ? 1 : 0 },
  })),
]);
export const webhookTroubles = computed<Trouble[]>(() => WEBHOOKS.map((one) => byFault(...one)));
export const fileTroubles = computed<Trouble[]>(() => FILES.map((one) => byFault(...one)));

/** Faults that somebody set by the API and no switch here stands for. */
const otherTroubles = computed<Trouble[]>(() => {
  const known = [...SENDING, ...WEBHOOKS, ...FILES].flatMap(([, ...wanted]) => wanted);
  const others = faults.value.filter((fault) => isMine(fault) && !known.some((one) => isOf(fault, one)));
  return others.map(({ id, kind, fired }) => ({
    label: w.faults.unnamed(kind),
    hint: "",
    isOn: true,
    fired,
    turn: () => api.removeFault(id).then(loadFaults),
  }));
});

// Whoever never wrote has no window to be closed.
const everybodys = (person: Customer): Trouble[] =>
  personalTroubles(person)
    .filter(({ label }) => person.lastMessage || label !== w.faults.of.windowClosed[0])
    .map((trouble) => ({ ...trouble, label: `${nameOf(person)}: ${trouble.label}` }));

/** All that is broken now on this number, whichever phone is looked at. */
export const troublesOn = computed<Trouble[]>(() =>
  [
    ...sendingTroubles.value,
    ...webhookTroubles.value,
    ...fileTroubles.value,
    ...otherTroubles.value,
    ...customers.value.flatMap(everybodys),
  ].filter(({ isOn }) => isOn),
);

export async function turnAllOff(): Promise<void> {
  for (const trouble of troublesOn.value) await trouble.turn(false);
}
