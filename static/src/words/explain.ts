import { said } from ".";
import type { AlarmKind, Explained } from "./said";

const isAlarm = (name: string): name is AlarmKind => name in (said?.alarms ?? {});

export const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Why WhatsApp refused something, by its code; nothing where the server's own words are the ones to show. */
export function failureOf(code: string): Explained | undefined {
  const known = said?.failures[code];
  if (known || !/^\d+$/.test(code)) return known;
  // From 200 to 299 it is always a permission.
  return said?.failures[/^2\d\d$/.test(code) ? "10" : "UNKNOWN"];
}

/** Why a channel does not work, by the name of what was looked at. */
export function standingOf(name: string): Explained | undefined {
  const alarm = name.toLowerCase();
  return said?.standings[name.toUpperCase()] ?? (isAlarm(alarm) ? said?.alarms[alarm] : undefined);
}

/** The same in one line: by that name, or by the code of what WhatsApp refused. */
export function reasonOf(code: string): string | undefined {
  const standing = standingOf(code);
  if (standing) return `${capitalised(standing.title)}. ${standing.cause} ${standing.nextStep}`.trim();
  const failure = failureOf(code);
  return failure && `${failure.title}. ${failure.cause}`;
}
