import type { IntegrationKind } from "../wire";

export const KINDS: readonly IntegrationKind[] = ["GEMINI", "OPENAI_COMPATIBLE", "SGP"];

export type FieldName = "url" | "app" | "key" | "model" | "ticketType";

/** What each asks for, in the order in which one has it at hand. */
export const FIELDS: Record<IntegrationKind, readonly { name: FieldName; isOptional?: boolean }[]> = {
  GEMINI: [{ name: "key" }, { name: "model", isOptional: true }],
  OPENAI_COMPATIBLE: [{ name: "url" }, { name: "key" }, { name: "model" }],
  SGP: [{ name: "url" }, { name: "app" }, { name: "key" }, { name: "ticketType", isOptional: true }],
};
