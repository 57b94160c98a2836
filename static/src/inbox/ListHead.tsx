import { useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import { ChoiceBar } from "./ChoiceBar";
import { FilterChips } from "./FilterChips";
import { FilterPanel } from "./FilterPanel";
import { InboxTabs } from "./InboxTabs";
import { SearchBox } from "./SearchBox";
import { ViewsMenu } from "./ViewsMenu";

const PANEL_ID = "inbox-filters";

export function ListHead() {
  const [isOpen, setOpen] = useState(false);
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
          aria-controls={PANEL_ID}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="filter" />
        </button>
      </div>
      <div id={PANEL_ID}>{isOpen && <FilterPanel />}</div>
      <FilterChips />
      <div class="tabs-line">
        <InboxTabs />
        <ViewsMenu />
      </div>
      <ChoiceBar />
    </>
  );
}
