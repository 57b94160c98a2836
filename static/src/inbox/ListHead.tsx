import { may } from "../session";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import { askWithWhom } from "./beginning";
import { ChoiceBar } from "./ChoiceBar";
import { FilterChips } from "./FilterChips";
import { FilterPanel } from "./FilterPanel";
import { InboxTabs } from "./InboxTabs";
import { NewConversation } from "./NewConversation";
import { hideFilters, isPanelOpen, PANEL_ID, panelButton } from "./panel";
import { SearchBox } from "./SearchBox";
import { ViewsMenu } from "./ViewsMenu";

export function ListHead() {
  const isOpen = isPanelOpen.value;
  return (
    <>
      <div class="list-head">
        <SearchBox />
        <button
          type="button"
          class="icon-button"
          aria-label={w.filters.title}
          title={w.filters.title}
          aria-expanded={isOpen}
          {...panelButton}
          onClick={() => {
            isPanelOpen.value = !isOpen;
          }}
        >
          <Icon name="filter" />
        </button>
        {may("conversations.work") && may("contacts.edit") && (
          <button
            type="button"
            class="icon-button"
            aria-label={w.desk.beginning.title}
            title={w.desk.beginning.title}
            onClick={askWithWhom}
          >
            <Icon name="plus" />
          </button>
        )}
      </div>
      <NewConversation />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only listens for the key that leaves the fields inside it. */}
      <div id={PANEL_ID} onKeyDown={(event) => event.key === "Escape" && hideFilters()}>
        {isOpen && <FilterPanel />}
      </div>
      <FilterChips />
      <div class="tabs-line">
        <InboxTabs />
        <ViewsMenu />
      </div>
      <ChoiceBar />
    </>
  );
}
