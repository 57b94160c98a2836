import { amount } from "../time";
import { w } from "../words";
import { counts } from "./counts";
import { chooseTab, TABS, type Tab, tab } from "./tabs";

function next(from: Tab, by: number): Tab {
  return TABS[(TABS.indexOf(from) + by + TABS.length) % TABS.length] ?? from;
}

function TabCount({ of }: { of: Tab }) {
  const count = counts.value?.[of];
  return (
    <span class="tab-count">
      {count ? amount(count.conversations) : "–"}
      {count !== undefined && count.unreadMessages > 0 && (
        <span class="tab-unread" title={w.inbox.unread(count.unreadMessages)}>
          <span class="visually-hidden">, {w.inbox.unread(count.unreadMessages)}</span>
        </span>
      )}
    </span>
  );
}

export function InboxTabs() {
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    chooseTab(next(tab.value, by));
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-tab=${tab.value}]`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={w.inbox.title} onKeyDown={onKeyDown}>
      {TABS.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          class="tab"
          data-tab={one}
          aria-selected={tab.value === one}
          tabIndex={tab.value === one ? 0 : -1}
          onClick={() => chooseTab(one)}
        >
          <span class="tab-name">{w.inbox.tabs[one]}</span> <TabCount of={one} />
        </button>
      ))}
    </div>
  );
}
