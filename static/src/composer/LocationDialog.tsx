import { useState } from "preact/hooks";
import { LocationBody } from "../message/LocationBody";
import { sendDraft } from "../thread/sending";
import { Field } from "../ui/Field";
import type { Id } from "../wire";
import { w } from "../words";
import { BuilderDialog } from "./BuilderDialog";
import { pointIn } from "./coordinates";
import { LimitedInput } from "./LimitedInput";
import { takeReply } from "./replying";

interface Props {
  conversationId: Id;
  onClose: () => void;
}

const words = w.composing.location;

export function LocationDialog({ conversationId, onClose }: Props) {
  const [place, setPlace] = useState("");
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const point = pointIn(place);
  const metadata = point && {
    ...point,
    ...(name.trim() ? { name: name.trim() } : {}),
    ...(address.trim() ? { address: address.trim() } : {}),
  };
  const send = () => {
    if (!metadata) return;
    const message = { type: "LOCATION" as const, metadata, ...takeReply(conversationId) };
    void sendDraft(conversationId, { kind: "message", message });
  };

  return (
    <BuilderDialog
      title={words.title}
      preview={metadata && <LocationBody metadata={metadata} />}
      onSend={send}
      onClose={onClose}
    >
      <Field
        label={words.place}
        hint={words.placeHint}
        {...(place && !point ? { problem: words.unreadable } : {})}
      >
        {(control) => (
          <input
            {...control}
            class="input"
            value={place}
            onInput={(event) => setPlace(event.currentTarget.value)}
            required
          />
        )}
      </Field>
      <LimitedInput label={words.placeName} value={name} limit={100} isOptional onWrite={setName} />
      <LimitedInput label={words.address} value={address} limit={200} isOptional onWrite={setAddress} />
    </BuilderDialog>
  );
}
