import { computed, effect } from "@preact/signals";
import { unread } from "../inbox/counts";
import { w } from "../words";

const waitingForMe = computed(() => (unread.value ? unread.value.mine + unread.value.unassigned : 0));

/** The page's title says how many messages nobody has read of mine, and of what nobody has. */
export function showUnreadInTitle(): () => void {
  return effect(() => {
    document.title = waitingForMe.value ? `(${waitingForMe.value}) ${w.product}` : w.product;
  });
}
