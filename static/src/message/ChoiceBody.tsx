import { Icon } from "../ui/Icon";
import type { Message } from "../wire";
import { TextBody } from "./TextBody";

/** What the customer tapped: a button, a row of a list, a template's quick reply. */
export function ChoiceBody({ message }: { message: Message }) {
  const { title, description } = (message.metadata ?? {}) as { title?: string; description?: string };
  return (
    <div class="choice">
      <Icon name="check" size={15} />
      <TextBody text={message.content || title || ""} />
      {description && <small>{description}</small>}
    </div>
  );
}
