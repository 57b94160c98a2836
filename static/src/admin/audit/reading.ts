import { addDays, startOfDay } from "../../reports/calendar";
import { timeZone } from "../../time";
import { w } from "../../words";
import type { AuditEntry } from "../wire";

/** "user.created" → what it says to a person; a word of a newer server stays as it is. */
export const actionText = (action: string): string => w.admin.audit.actions[action] ?? action;

/** "settings.routing" → "Distribuição". */
export const fieldText = (field: string): string => w.admin.audit.fields[field] ?? field;

/** What was created was nothing before, which is not worth saying of each of its fields. */
export const isSomething = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);

/** A value on one line. */
export function valueText(value: unknown): string {
  if (!isSomething(value)) return w.admin.audit.nothing;
  if (typeof value === "boolean") return value ? w.admin.audit.yes : w.admin.audit.no;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export const actorText = ({ actor }: AuditEntry): string => {
  if (actor.kind === "HOUSE") return w.product;
  return actor.kind === "API_KEY" ? w.admin.audit.byKey(actor.name) : actor.name;
};

/** Nothing where one did it to oneself: "Entrou" needs no second name. */
export const targetText = ({ actor, target }: AuditEntry): string =>
  target.id === actor.id ? "" : (target.name ?? "");

/** The days of a filter, from midnight to midnight on the tenant's clock. */
export function between(from: string, to: string): { from?: string; to?: string } {
  const midnight = (day: string) => startOfDay(day, timeZone.value).toISOString();
  return { from: from ? midnight(from) : undefined, to: to ? midnight(addDays(to, 1)) : undefined };
}
