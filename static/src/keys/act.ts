import type { IconName } from "../ui/Icon";
import { w } from "../words";

export const GROUPS = ["conversation", "list", "everywhere"] as const;
export type Group = (typeof GROUPS)[number];

/** Something that can be done, by its key or from the palette. */
export interface Act {
  id: string;
  title: string;
  group: Group;
  icon: IconName;
  /** As `keyOf` names it; without one it is in the palette alone. */
  key?: string;
  /** Does the same also while somebody writes. */
  keyAnywhere?: string;
  isOffered: () => boolean;
  run: () => unknown;
}

type Named = Omit<Act, "title" | "isOffered"> & {
  id: keyof typeof w.acts;
  isOffered?: () => boolean;
};

/** An act whose title is found under its name; always offered, where nothing else is said. */
export const act = (named: Named): Act => ({ title: w.acts[named.id], isOffered: () => true, ...named });
