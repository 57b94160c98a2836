import { go, href, route } from "../route";
import { enter } from "../thread/entering";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import { listed } from "./listed";
import { SEARCH_ID, search, searchText } from "./search";
import { walkIn } from "./walking";

const openId = () => (route.value.name === "inbox" ? route.value.conversationId : null);

function openFirst(): void {
  const [first] = listed.value;
  if (!first || !searchText.value.trim()) return;
  go(href.conversation(first.id));
  enter(first.id);
}

/** Down, and Esc out of an empty box, go to what is found; Enter opens the first. */
function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing) return;
  if (event.key === "Enter") openFirst();
  else if (event.key === "Escape" && searchText.value) search("");
  else if (event.key === "ArrowDown" || event.key === "Escape")
    walkIn(event.key === "Escape" ? openId() : null);
  else return;
  event.preventDefault();
}

export function SearchBox() {
  return (
    <search class="search">
      <Icon name="search" size={16} />
      <input
        id={SEARCH_ID}
        class="search-input"
        type="search"
        aria-label={w.inbox.search}
        placeholder={w.inbox.searchHint}
        value={searchText.value}
        onInput={(event) => search(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {searchText.value && (
        <button type="button" class="icon-button" aria-label={w.inbox.clearSearch} onClick={() => search("")}>
          <Icon name="cross" size={14} />
        </button>
      )}
    </search>
  );
}
