import type { EventKind } from "../wire";

/** What a webhook may ask for, the most wanted first. */
export const EVENTS = [
  "message.added",
  "message.status_changed",
  "message.changed",
  "conversation.opened",
  "conversation.changed",
  "contact.changed",
  "channel.changed",
  "template.changed",
  "catalog.changed",
  "user.changed",
  "tenant.changed",
] as const satisfies readonly EventKind[];
