import { signOut } from "../account/account";
import { standOnPlace } from "../header/standOnPlace";
import { attempt, offeredAct, takeOffer } from "../notices";
import { choosePresence, myPresence } from "../presence/presence";
import { go, href, route } from "../route";
import { may } from "../session";
import { THEMES, theme } from "../theme";
import type { Presence } from "../wire";
import { w } from "../words";
import { type Act, act } from "./act";
import { overlay } from "./overlay";

const group = "everywhere";
const amI = (presence: Presence) => may("conversations.work") && myPresence.value === presence;

function visit(to: string): void {
  go(to);
  standOnPlace();
}

export const consoleActs: readonly Act[] = [
  act({
    id: "palette",
    group,
    icon: "keyboard",
    key: "mod+k",
    run: () => {
      overlay.value = "palette";
    },
  }),
  act({
    id: "keys",
    group,
    icon: "keyboard",
    key: "?",
    run: () => {
      overlay.value = "keys";
    },
  }),
  act({
    id: "undo",
    group,
    icon: "retry",
    key: "z",
    isOffered: () => offeredAct() !== undefined,
    run: takeOffer,
  }),
  act({
    id: "inbox",
    group,
    icon: "chat",
    isOffered: () => route.value.name !== "inbox",
    run: () => visit(href.inbox),
  }),
  act({
    id: "board",
    group,
    icon: "board",
    isOffered: () => may("reports.read") && route.value.name !== "board",
    run: () => visit(href.board),
  }),
  act({
    id: "reports",
    group,
    icon: "chart",
    isOffered: () => may("reports.read") && route.value.name !== "reports",
    run: () => visit(href.reports),
  }),
  act({
    id: "settings",
    group,
    icon: "settings",
    isOffered: () => may("catalog.edit") && route.value.name !== "admin",
    run: () => visit(href.settings()),
  }),
  act({
    id: "away",
    group,
    icon: "clock",
    isOffered: () => amI("ONLINE"),
    run: () => attempt(() => choosePresence(true)),
  }),
  act({
    id: "back",
    group,
    icon: "check",
    isOffered: () => amI("AWAY"),
    run: () => attempt(() => choosePresence(false)),
  }),
  ...THEMES.map(
    (one): Act => ({
      id: `theme-${one}`,
      title: `${w.header.theme}: ${w.header.themes[one]}`,
      group,
      icon: "sun",
      isOffered: () => theme.value !== one,
      run: () => {
        theme.value = one;
      },
    }),
  ),
  act({ id: "signOut", group, icon: "back", run: () => attempt(signOut) }),
];
