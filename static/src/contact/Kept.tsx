import { useEffect, useState } from "preact/hooks";
import { may } from "../session";
import { Icon } from "../ui/Icon";
import type { Contact } from "../wire";
import { w } from "../words";
import { ContactForm } from "./ContactForm";
import { contacts, readContact } from "./contacts";
import { Fact } from "./Fact";

const textOf = (value: unknown): string =>
  typeof value === "boolean" ? (value ? w.desk.contact.yes : w.desk.contact.no) : String(value ?? "");

function Edit({ id }: { id: string }) {
  const [isEditing, setEditing] = useState(false);
  const known = contacts.value.get(id);
  if (!known || !may("contacts.edit")) return null;
  return (
    <>
      <button
        type="button"
        class="icon-button card-edit"
        aria-label={w.desk.contact.edit}
        title={w.desk.contact.edit}
        onClick={() => setEditing(true)}
      >
        <Icon name="pencil" size={16} />
      </button>
      {isEditing && <ContactForm contact={known} onClose={() => setEditing(false)} />}
    </>
  );
}

/** The button that changes what is kept of a customer. */
export function EditContact({ contact }: { contact: Contact }) {
  // Read again when it has changed: the event of that says less than the contact itself.
  useEffect(
    () => void readContact(contact.id).catch(() => undefined),
    [contact.id, contact.name, contact.email],
  );
  return <Edit id={contact.id} />;
}

/** What the house itself has noted of a customer. */
export function Kept({ contact: { id } }: { contact: Contact }) {
  const { notes, customAttributes = {} } = contacts.value.get(id) ?? {};
  const attributes = Object.entries(customAttributes);
  return (
    <>
      {attributes.length > 0 && (
        <dl class="facts">
          {attributes.map(([name, value]) => (
            <Fact key={name} name={name}>
              {textOf(value)}
            </Fact>
          ))}
        </dl>
      )}
      {notes && (
        <>
          <h3>{w.desk.contact.notesTitle}</h3>
          <p class="card-notes">{notes}</p>
        </>
      )}
    </>
  );
}
