import { Icon } from "../ui/Icon";
import { changeCustomer } from "./actions";
import { addFault, changeNumber, removeFault } from "./api";
import { attempt, benchOpen, customer, faults, loadFaults, loadNumbers, number, numberId } from "./state";
import type { Fault } from "./types";

interface Trouble {
  label: string;
  hint: string;
  fault: { kind: string; [parameter: string]: unknown };
}

const ANSWERS: Trouble[] = [
  { label: "Erro 500", hint: "O envio não é aceito", fault: { kind: "http_500" } },
  { label: "Limite de envios", hint: "429, código 130429", fault: { kind: "http_429" } },
  { label: "Conta bloqueada", hint: "Código 131031", fault: { kind: "error", code: 131031 } },
  {
    label: "Aceita e demora",
    hint: "Resposta só depois de 20 s",
    fault: { kind: "accepted_late", seconds: 20 },
  },
  { label: "Aceita e cai", hint: "A conexão é cortada", fault: { kind: "accepted_reset" } },
  { label: "Status antes da resposta", hint: "O webhook chega primeiro", fault: { kind: "status_first" } },
];

const WEBHOOKS: Trouble[] = [
  { label: "Duplicados", hint: "Cada webhook chega duas vezes", fault: { kind: "duplicate", times: 2 } },
  { label: "Fora de ordem", hint: "Embaralhados em 3 s", fault: { kind: "shuffle", seconds: 3 } },
  { label: "Atrasados", hint: "3 s depois", fault: { kind: "delay", seconds: 3 } },
  { label: "Em lotes", hint: "Juntados por 2 s", fault: { kind: "batch", size: 100, seconds: 2 } },
  { label: "Status perdidos", hint: "Nenhum status chega", fault: { kind: "drop_status" } },
];

/** Where things are broken on purpose. */
export function Bench() {
  return (
    <aside class="bench" aria-label="Simular problemas">
      <header>
        <h2>Simular problemas</h2>
        <button type="button" class="round" aria-label="Fechar" onClick={() => (benchOpen.value = false)}>
          <Icon name="cross" size={18} />
        </button>
      </header>
      <PhoneSwitches />
      <Group title="Resposta do WhatsApp ao envio" troubles={ANSWERS} />
      <Group title="Webhooks" troubles={WEBHOOKS} />
    </aside>
  );
}

function PhoneSwitches() {
  const person = customer.value;
  const slow = (number.value?.settings.latency ?? 0) > 0;
  const setSlow = (on: boolean) =>
    attempt(async () => {
      await changeNumber(numberId.value, { settings: { latency: on ? 1 : 0 } });
      await loadNumbers();
    });
  return (
    <section>
      <h3>Telefone e rede</h3>
      {person && (
        <>
          <Switch
            label="Telefone ligado"
            hint="Desligado, nada é entregue"
            on={person.online}
            onChange={(online) => void changeCustomer({ online, opened: online })}
          />
          <Switch
            label="Janela de 24 h aberta"
            hint="Fechada, só modelos passam"
            on={person.windowOpen}
            onChange={(windowOpen) => void changeCustomer({ windowOpen })}
          />
        </>
      )}
      <Switch
        label="Rede lenta"
        hint="Cada resposta leva 1 s"
        on={slow}
        onChange={(on) => void setSlow(on)}
      />
    </section>
  );
}

function Group({ title, troubles }: { title: string; troubles: Trouble[] }) {
  return (
    <section>
      <h3>{title}</h3>
      {troubles.map((trouble) => (
        <TroubleSwitch key={trouble.fault.kind} trouble={trouble} />
      ))}
    </section>
  );
}

function TroubleSwitch({ trouble }: { trouble: Trouble }) {
  const standing = faults.value.filter(
    (each) => each.kind === trouble.fault.kind && [null, numberId.value].includes(each.phoneNumberId),
  );
  return (
    <Switch
      label={trouble.label}
      hint={firedText(standing) ?? trouble.hint}
      on={standing.length > 0}
      onChange={(on) => void turn(trouble, standing, on)}
    />
  );
}

function firedText(standing: Fault[]): string | undefined {
  const fired = standing.reduce((sum, each) => sum + each.fired, 0);
  return fired ? `Aconteceu ${fired} ${fired === 1 ? "vez" : "vezes"}` : undefined;
}

const turn = (trouble: Trouble, standing: Fault[], on: boolean) =>
  attempt(async () => {
    if (on) await addFault({ ...trouble.fault, phoneNumberId: numberId.value });
    else await Promise.all(standing.map((each) => removeFault(each.id)));
    await loadFaults();
  });

interface SwitchOf {
  label: string;
  hint: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

function Switch({ label, hint, on, onChange }: SwitchOf) {
  return (
    <label class="switch">
      <span>
        {label}
        <small>{hint}</small>
      </span>
      <input
        type="checkbox"
        role="switch"
        checked={on}
        aria-checked={on}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
