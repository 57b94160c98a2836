import { signal } from "@preact/signals";
import { type Body, call } from "../api/call";
import type { ContactOut } from "../api/schema";
import type { Id } from "../wire";

export type ContactChange = Body<"PATCH /api/contacts/{id}">;
export type Attributes = NonNullable<ContactChange["customAttributes"]>;

/** What is known of customers beyond what their conversations say, by their ids. */
export const contacts = signal<ReadonlyMap<Id, ContactOut>>(new Map());

function keep(contact: ContactOut): void {
  contacts.value = new Map(contacts.value).set(contact.id, contact);
}

export async function readContact(id: Id): Promise<void> {
  keep(await call("GET /api/contacts/{id}", { id }));
}

export async function changeContact(id: Id, body: ContactChange): Promise<void> {
  keep(await call("PATCH /api/contacts/{id}", { id, body }));
}

export interface AttributeRow {
  key: string;
  name: string;
  value: string;
  /** As it was read; a number or a yes that nobody touches stays one. */
  was?: unknown;
}

export const rowsOfAttributes = (attributes: Record<string, unknown>): AttributeRow[] =>
  Object.entries(attributes).map(([name, was]) => ({ key: name, name, value: String(was ?? ""), was }));

export function attributesOf(rows: readonly AttributeRow[]): Attributes {
  const named = rows.filter((row) => row.name.trim());
  return Object.fromEntries(
    named.map(({ name, value, was }) => [
      name.trim(),
      was !== undefined && String(was ?? "") === value ? (was as Attributes[string]) : value,
    ]),
  );
}
