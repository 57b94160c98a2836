import type { ConversationQuery } from "../api";

const NAMES = [
  "createdFrom",
  "createdTo",
  "status",
  "resolution",
  "answered",
  "rated",
  "assignedToId",
  "channelId",
  "teamId",
] as const;

/** Which conversations a figure counts, in the names of `GET /api/conversations`. */
export type Behind = Pick<ConversationQuery, (typeof NAMES)[number]>;

/** What a figure counts of those that it is taken of. */
export const countedBy = {
  begun: {},
  answered: { answered: true },
  secondsToAnswer: { answered: true },
  closed: { status: "CLOSED" },
  resolved: { resolution: "RESOLVED" },
  rating: { rated: true },
} as const satisfies Record<string, Behind>;

export const hrefBehind = (behind: Behind) =>
  `#/relatorios/conversas?${new URLSearchParams(
    NAMES.flatMap((name) => (behind[name] ? [[name, String(behind[name])]] : [])),
  )}`;

export function readBehind(query: string): Behind {
  const given = new URLSearchParams(query);
  const meaning = (text: string) => (text === "true" ? true : text);
  return Object.fromEntries(NAMES.flatMap((name) => given.getAll(name).map((text) => [name, meaning(text)])));
}
