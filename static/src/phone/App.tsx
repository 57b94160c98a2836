import { Icon } from "../ui/Icon";
import { Bench } from "./Bench";
import { Chat } from "./Chat";
import { ListSheet } from "./ListSheet";
import { Rail } from "./Rail";
import { benchOpen, connected, customer, openList, problem } from "./state";

function Problem() {
  if (!problem.value) return null;
  return (
    <div class="toast" role="alert">
      <span>{problem.value}</span>
      <button type="button" aria-label="Fechar aviso" onClick={() => (problem.value = "")}>
        <Icon name="cross" size={16} />
      </button>
    </div>
  );
}

export function App() {
  return (
    <div class={`stage ${customer.value ? "with-chat" : ""} ${benchOpen.value ? "with-bench" : ""}`}>
      <Rail />
      <main class="desk">
        <div class="device">
          {customer.value ? <Chat /> : <NoChat />}
          {openList.value && <ListSheet message={openList.value} />}
          {!connected.value && <p class="offline">Sem ligação com o simulador. Tentando de novo…</p>}
        </div>
      </main>
      <Bench />
      <Problem />
    </div>
  );
}

function NoChat() {
  return (
    <div class="no-chat">
      <Icon name="chat" size={44} />
      <p>Escolha um cliente à esquerda, ou crie um, para abrir a conversa no telefone dele.</p>
    </div>
  );
}
