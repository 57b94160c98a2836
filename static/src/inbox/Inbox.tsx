import { useEffect } from "preact/hooks";
import { ContactCard } from "../contact/ContactCard";
import { route } from "../route";
import { OpenConversation } from "../thread/OpenConversation";
import { EmptyState } from "../ui/EmptyState";
import { w } from "../words";
import { ConversationList } from "./ConversationList";
import { InboxTabs } from "./InboxTabs";
import { SEARCH_ID, SearchBox } from "./SearchBox";

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");

function slashSearches(event: KeyboardEvent): void {
  if (event.key !== "/" || isTyping(event.target)) return;
  event.preventDefault();
  document.getElementById(SEARCH_ID)?.focus();
}

/** Three panes side by side; on a narrow screen, one at a time. */
export function Inbox() {
  useEffect(() => {
    document.addEventListener("keydown", slashSearches);
    return () => document.removeEventListener("keydown", slashSearches);
  }, []);
  const here = route.value;
  if (here.name !== "inbox") return null;
  const openId = here.conversationId;
  const pane = openId === null ? "list" : here.card ? "card" : "thread";
  return (
    <div class={`inbox inbox-${pane}`}>
      <h1 class="visually-hidden">{w.inbox.title}</h1>
      <section class="pane-list" aria-label={w.inbox.title}>
        <SearchBox />
        <InboxTabs />
        <div class="pane-scroll">
          <ConversationList openId={openId} />
        </div>
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
