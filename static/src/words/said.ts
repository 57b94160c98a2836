import type { AlarmOut, Error as WrongAnswer, WrongField } from "../api/schema";

export type ProblemName = WrongAnswer["error"] | NonNullable<WrongAnswer["reason"]>;
export type FieldReason = NonNullable<WrongField["reason"]>;
export type AlarmKind = AlarmOut["kind"];

export interface Explained {
  title: string;
  cause: string;
  nextStep: string;
}

/** The server speaks Portuguese, and names what it says: here it is by that name in another language. */
export interface Said {
  problems: Record<ProblemName, string>;
  fields: Record<FieldReason, string>;
  alarms: Record<AlarmKind, Explained>;
  /** Why a channel does not work, where no alarm and no failure says the same. */
  standings: Record<string, Explained>;
  /** Why a message was not delivered, by WhatsApp's code or the house's own. */
  failures: Record<string, Explained>;
  /** Before what the provider says of it, in English. */
  ownWords: string;
}
