import { COMPOSER_ID } from "../composer/replying";
import { askWithWhom } from "../inbox/beginning";
import { choose, chooseTo, chosen, clearChoice } from "../inbox/choice";
import { listed } from "../inbox/listed";
import { beside } from "../inbox/neighbours";
import { showFilters } from "../inbox/panel";
import { SEARCH_ID } from "../inbox/search";
import { chooseTab, TABS, type Tab } from "../inbox/tabs";
import { placeOfFocus, walkTo } from "../inbox/walking";
import { placeOf } from "../inbox/windowing";
import { go, href, route } from "../route";
import { may } from "../session";
import { enter } from "../thread/entering";
import type { Id } from "../wire";
import { w } from "../words";
import { type Act, act } from "./act";
import { openOne } from "./conversationActs";

const isHere = () => route.value.name === "inbox";

/** What j and the arrows open is gone to; whoever is writing goes on writing there. */
function show(id: Id): void {
  const isWriting = document.activeElement?.id === COMPOSER_ID;
  go(href.conversation(id));
  if (isWriting) enter(id);
  else walkTo(id);
}

/** Opens the conversation so many rows further down: from the open one, or from where one stands when it has gone. */
function step(by: number): void {
  const rows = listed.value;
  const next = beside(openOne()?.id ?? "", by) ?? rows[Math.max(0, placeOfFocus(rows))]?.id;
  if (next) show(next);
}

/** The row one stands on, or else the open conversation. */
function standsOn(): Id | undefined {
  const rows = listed.value;
  return (rows[placeOfFocus(rows)] ?? rows[placeOf(openOne()?.id ?? "", rows)])?.id;
}

const mayChoose = () => isHere() && may("conversations.work") && standsOn() !== undefined;

function showTab(tab: Tab): void {
  if (!isHere()) go(href.inbox);
  chooseTab(tab);
}

export const listActs: readonly Act[] = [
  act({
    id: "next",
    group: "list",
    icon: "arrowDown",
    key: "j",
    keyAnywhere: "alt+ArrowDown",
    isOffered: isHere,
    run: () => step(1),
  }),
  act({
    id: "previous",
    group: "list",
    icon: "arrowUp",
    key: "k",
    keyAnywhere: "alt+ArrowUp",
    isOffered: isHere,
    run: () => step(-1),
  }),
  act({
    id: "search",
    group: "list",
    icon: "search",
    key: "/",
    isOffered: isHere,
    run: () => document.getElementById(SEARCH_ID)?.focus(),
  }),
  act({ id: "filter", group: "list", icon: "filter", key: "f", isOffered: isHere, run: showFilters }),
  act({
    id: "begin",
    group: "list",
    icon: "plus",
    key: "m",
    isOffered: () => isHere() && may("conversations.work") && may("contacts.edit"),
    run: askWithWhom,
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
