import { computed, effect } from "@preact/signals";
import { conversations } from "../inbox/conversations";
import { belongs } from "../inbox/tabs";
import { me } from "../session";
import { w } from "../words";

const waitingForMe = computed(() => {
  const rows = [...conversations.value.values()].filter((row) => row.unreadCount);
  return rows.filter((row) => belongs(row, "mine", me.value?.id) || belongs(row, "unassigned", me.value?.id))
    .length;
});

/** The page's title says how many conversations of mine, or of nobody's, have something unread. */
export function showUnreadInTitle(): () => void {
  return effect(() => {
    document.title = waitingForMe.value ? `(${waitingForMe.value}) ${w.product}` : w.product;
  });
}
