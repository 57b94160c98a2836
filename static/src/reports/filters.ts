import type { Id } from "../wire";
import { addDays, type Day } from "./calendar";

export const PERIODS = ["7d", "30d", "90d"] as const;
export type Period = (typeof PERIODS)[number];

const DAYS: Record<Period, number> = { "7d": 7, "30d": 30, "90d": 90 };

/** What a report is about: a period until now, or the days `from` to `to`, of all or of one channel, team, agent. */
export interface Filters {
  period: Period | null;
  from?: Day;
  to?: Day;
  channelId?: Id;
  teamId?: Id;
  agentId?: Id;
}

const NAMES = ["from", "to", "channelId", "teamId", "agentId"] as const;

/** As they stand in the address; what makes no sense there is the last week. */
export function readFilters(query: string): Filters {
  const given = new URLSearchParams(query);
  const named = Object.fromEntries(
    NAMES.flatMap((name) => (given.get(name) ? [[name, given.get(name)]] : [])),
  );
  const { from, to, ...narrow }: Partial<Filters> = named;
  if (from && to) return { period: null, from, to, ...narrow };
  return { period: PERIODS.find((one) => one === given.get("period")) ?? "7d", ...narrow };
}

/** As the address and the API both spell them. */
export function queryOf({ period, ...others }: Filters): Record<string, string> {
  const named = NAMES.flatMap((name) => (others[name] ? [[name, others[name]]] : []));
  return Object.fromEntries(period ? [["period", period], ...named] : named);
}

/** The dates a period covers when today is `today`: where choosing one's own dates begins. */
export function datesOf(period: Period, today: Day): { from: Day; to: Day } {
  return { from: addDays(today, 1 - DAYS[period]), to: today };
}

export const isNarrowed = ({ channelId, teamId, agentId }: Filters) =>
  Boolean(channelId || teamId || agentId);
