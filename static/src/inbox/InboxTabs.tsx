import { w } from "../words";
import { chooseTab, TABS, type Tab, tab } from "./tabs";

function next(from: Tab, by: number): Tab {
  return TABS[(TABS.indexOf(from) + by + TABS.length) % TABS.length] ?? from;
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
          {w.inbox.tabs[one]}
        </button>
      ))}
    </div>
  );
}
