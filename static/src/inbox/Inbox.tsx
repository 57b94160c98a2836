import { ContactCard } from "../contact/ContactCard";
import { route } from "../route";
import { OpenConversation } from "../thread/OpenConversation";
import { EmptyState } from "../ui/EmptyState";
import { w } from "../words";
import { ConversationList } from "./ConversationList";
import { ListHead } from "./ListHead";

/** Three panes side by side; on a narrow screen, one at a time. */
export function Inbox() {
  const here = route.value;
  if (here.name !== "inbox") return null;
  const openId = here.conversationId;
  const pane = openId === null ? "list" : here.card ? "card" : "thread";
  return (
    <div class={`inbox inbox-${pane}`}>
      <section class="pane-list" aria-label={w.inbox.title}>
        <h1 class="visually-hidden">{w.inbox.title}</h1>
        <ListHead />
        <ConversationList openId={openId} />
      </section>
      {openId === null ? (
        <main class="pane-thread">
          <EmptyState icon="chat" title={w.inbox.chooseTitle} text={w.inbox.chooseText} />
        </main>
      ) : (
        <>
          <OpenConversation key={openId} conversationId={openId} />
          <ContactCard conversationId={openId} />
        </>
      )}
    </div>
  );
}
