import { Icon } from "../ui/Icon";
import { w } from "../words";
import { search, searchText } from "./search";

export const SEARCH_ID = "inbox-search";

export function SearchBox() {
  return (
    <search class="search">
      <Icon name="search" size={16} />
      <input
        id={SEARCH_ID}
        class="search-input"
        type="search"
        aria-label={w.inbox.search}
        placeholder={w.inbox.search}
        value={searchText.value}
        onInput={(event) => search(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && search("")}
      />
      {searchText.value && (
        <button type="button" class="icon-button" aria-label={w.inbox.clearSearch} onClick={() => search("")}>
          <Icon name="cross" size={14} />
        </button>
      )}
    </search>
  );
}
