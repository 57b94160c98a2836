import type { Message } from "../wire";
import { w } from "../words";
import { ChoiceBody } from "./ChoiceBody";
import { ContactsBody } from "./ContactsBody";
import { InteractiveBody, interactiveOf } from "./InteractiveBody";
import { LocationBody } from "./LocationBody";
import { MediaBody } from "./MediaBody";
import { previewOf } from "./preview";
import { TemplateBody } from "./TemplateBody";
import { TextBody } from "./TextBody";

export function MessageBody({ message }: { message: Message }) {
  if (message.deletedAt) return <p class="text text-quiet">{w.message.deleted}</p>;
  switch (message.type) {
    case "TEXT":
    case "NOTE":
      return <TextBody text={message.content ?? ""} />;
    case "IMAGE":
    case "VIDEO":
    case "AUDIO":
    case "DOCUMENT":
    case "STICKER":
      return <MediaBody message={message} />;
    case "LOCATION":
      return <LocationBody metadata={message.metadata} />;
    case "CONTACTS":
      return <ContactsBody metadata={message.metadata} />;
    case "TEMPLATE":
      return <TemplateBody message={message} />;
    case "INTERACTIVE":
      if (message.direction === "INBOUND") return <ChoiceBody message={message} />;
      return <InteractiveBody {...interactiveOf(message.content, message.metadata)} />;
    case "REACTION":
      return <p class="text">{previewOf(message)}</p>;
    default:
      return <p class="text text-quiet">{message.content || w.message.unsupported}</p>;
  }
}
