import { rowElementId } from "../inbox/ConversationRow";
import { choose, chooseTo, chosen, clearChoice } from "../inbox/choice";
import { SEARCH_ID } from "../inbox/SearchBox";
import { searchRows } from "../inbox/search";
import { chooseTab, TABS, type Tab, tabRows } from "../inbox/tabs";
import { go, href, route } from "../route";
import { may } from "../session";
import { w } from "../words";
import { type Act, act } from "./act";
import { openOne } from "./conversationActs";

const isHere = () => route.value.name === "inbox";

/** Opens the conversation so many rows further down, or the first one. */
function step(by: number): void {
  const rows = searchRows.value ?? tabRows.value;
  const here = rows.findIndex((row) => row.id === openOne()?.id);
  const next = rows[here < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, here + by))];
  if (next) go(href.conversation(next.id));
}

/** The row one stands on, or else the open conversation. */
function standsOn(): string | undefined {
  const rows = searchRows.value ?? tabRows.value;
  const focused = rows.find((row) => rowElementId(row.id) === document.activeElement?.id);
  return focused?.id ?? rows.find((row) => row.id === openOne()?.id)?.id;
}

const mayChoose = () => isHere() && may("conversations.work") && standsOn() !== undefined;

function showTab(tab: Tab): void {
  if (!isHere()) go(href.inbox);
  chooseTab(tab);
}

export const listActs: readonly Act[] = [
  act({ id: "next", group: "list", icon: "arrowDown", key: "j", isOffered: isHere, run: () => step(1) }),
  act({ id: "previous", group: "list", icon: "arrowUp", key: "k", isOffered: isHere, run: () => step(-1) }),
  act({
    id: "search",
    group: "list",
    icon: "search",
    key: "/",
    isOffered: isHere,
    run: () => document.getElementById(SEARCH_ID)?.focus(),
  }),
  act({
    id: "choose",
    group: "list",
    icon: "check",
    key: "x",
    isOffered: mayChoose,
    run: () => choose(standsOn() ?? ""),
  }),
  act({
    id: "chooseTo",
    group: "list",
    icon: "check",
    key: "shift+x",
    isOffered: mayChoose,
    run: () => chooseTo(standsOn() ?? ""),
  }),
  act({
    id: "unchoose",
    group: "list",
    icon: "cross",
    key: "Escape",
    isOffered: () => chosen.value.size > 0,
    run: clearChoice,
  }),
  ...TABS.map(
    (tab, place): Act => ({
      id: `tab-${tab}`,
      title: w.keys.showTab(w.inbox.tabs[tab]),
      group: "list",
      icon: "list",
      key: String(place + 1),
      isOffered: () => true,
      run: () => showTab(tab),
    }),
  ),
];
