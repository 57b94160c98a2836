import { COMPOSER_ID } from "../composer/replying";
import { conversations } from "../inbox/conversations";
import { route } from "../route";
import { may } from "../session";
import { claim, close, reopen, setPriority, setStatus, wake } from "../thread/acts";
import { askAbout } from "../thread/dialogs";
import { maySnooze } from "../thread/snoozing";
import { toggleCard } from "../thread/ThreadHeader";
import { PRIORITIES } from "../ui/PriorityMark";
import type { Conversation } from "../wire";
import { w } from "../words";
import { type Act, act } from "./act";

export function openOne(): Conversation | undefined {
  const here = route.value;
  const id = here.name === "inbox" && here.conversationId;
  return id ? conversations.value.get(id) : undefined;
}

type On = (conversation: Conversation) => unknown;

/** What an act on the open conversation needs: that it may be worked on, and that `fits` says so. */
const onOpen = (fits: On, run: On): Pick<Act, "group" | "isOffered" | "run"> => ({
  group: "conversation",
  isOffered: () => {
    const open = openOne();
    return open !== undefined && may("conversations.work") && Boolean(fits(open));
  },
  run: () => {
    const open = openOne();
    return open && run(open);
  },
});

const always = () => true;
const isOpen = ({ status }: Conversation) => status !== "CLOSED";
const isFree = (one: Conversation) => isOpen(one) && one.assignedToId === null;
const composer = () => document.getElementById(COMPOSER_ID);

export const conversationActs: readonly Act[] = [
  act({ id: "reply", icon: "reply", key: "r", ...onOpen(composer, () => composer()?.focus()) }),
  act({ id: "claim", icon: "user", key: "c", ...onOpen(isFree, ({ id }) => claim(id)) }),
  act({
    id: "transfer",
    icon: "transfer",
    key: "t",
    ...onOpen(isOpen, ({ id }) => askAbout(id, "transfer")),
  }),
  act({ id: "note", icon: "note", key: "n", ...onOpen(always, ({ id }) => askAbout(id, "note")) }),
  act({
    id: "wait",
    icon: "clock",
    key: "w",
    ...onOpen(
      ({ status }) => status === "IN_PROGRESS",
      ({ id }) => setStatus(id, "WAITING"),
    ),
  }),
  act({ id: "snooze", icon: "snooze", key: "s", ...onOpen(maySnooze, ({ id }) => askAbout(id, "snooze")) }),
  act({
    id: "wake",
    icon: "snooze",
    ...onOpen(
      ({ snoozedUntil }) => snoozedUntil,
      ({ id }) => wake(id),
    ),
  }),
  act({ id: "close", icon: "check", key: "e", ...onOpen(isOpen, ({ id }) => close(id)) }),
  act({
    id: "reopen",
    icon: "retry",
    key: "o",
    ...onOpen(
      (one) => !isOpen(one),
      ({ id }) => reopen(id),
    ),
  }),
  act({
    id: "card",
    icon: "card",
    key: "i",
    group: "conversation",
    isOffered: () => openOne() !== undefined,
    run: () => toggleCard(openOne()?.id ?? ""),
  }),
  ...PRIORITIES.map((priority): Act => {
    const on = onOpen(
      (one) => one.priority !== priority,
      ({ id }) => setPriority(id, priority),
    );
    const title = `${w.priority.label}: ${w.priority[priority]}`;
    return { id: `priority-${priority}`, title, icon: "priority", ...on };
  }),
];
