import { computed } from "@preact/signals";
import { searchRows } from "./search";
import { tabRows } from "./tabs";

/** The conversations below one another, as they are shown now. */
export const listed = computed(() => searchRows.value ?? tabRows.value);
