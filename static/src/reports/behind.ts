import type { ConversationQuery } from "../api";
import type { Filters } from "./filters";
import type { FiguresReport } from "./wire";

const NAMES = [
  "createdFrom",
  "createdTo",
  "createdHour",
  "closedFrom",
  "closedTo",
  "ratedFrom",
  "ratedTo",
  "inQueue",
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

/** Of the whole report: its span, narrowed as it is. */
export function wholeOf(
  { start, end }: Pick<FiguresReport, "start" | "end">,
  { channelId, teamId, agentId }: Omit<Filters, "period">,
): Behind {
  return { createdFrom: start, createdTo: end, channelId, teamId, assignedToId: agentId };
}

export const hrefBehind = (behind: Behind) =>
  `#/relatorios/conversas?${new URLSearchParams(
    NAMES.flatMap((name) => (behind[name] === undefined ? [] : [[name, String(behind[name])]])),
  )}`;

export function readBehind(query: string): Behind {
  const given = new URLSearchParams(query);
  const meaning = (name: string, text: string) => {
    if (name === "createdHour") return Number(text);
    return text === "true" || (text === "false" ? false : text);
  };
  return Object.fromEntries(
    NAMES.flatMap((name) => given.getAll(name).map((text) => [name, meaning(name, text)])),
  );
}
