import { useState } from "preact/hooks";
import { InteractiveBody } from "../message/InteractiveBody";
import { sendDraft } from "../thread/sending";
import { Icon } from "../ui/Icon";
import type { Id } from "../wire";
import { w } from "../words";
import { BuilderDialog } from "./BuilderDialog";
import { LimitedInput } from "./LimitedInput";

const MAX_BUTTONS = 3;

interface Props {
  conversationId: Id;
  onClose: () => void;
}

export function ButtonsBuilder({ conversationId, onClose }: Props) {
  const [bodyText, setBody] = useState("");
  const [headerText, setHeader] = useState("");
  const [footerText, setFooter] = useState("");
  const [titles, setTitles] = useState([""]);
  const buttons = titles.map((title, place) => ({ id: `opcao_${place + 1}`, title: title.trim() }));
  const around = { ...(headerText ? { headerText } : {}), ...(footerText ? { footerText } : {}) };
  const write = (place: number, title: string) =>
    setTitles(titles.map((old, at) => (at === place ? title : old)));

  return (
    <BuilderDialog
      title={w.builder.buttonsTitle}
      preview={<InteractiveBody bodyText={bodyText} {...around} buttons={buttons} />}
      onSend={() =>
        void sendDraft(conversationId, { kind: "buttons", message: { bodyText, buttons, ...around } })
      }
      onClose={onClose}
    >
      <LimitedInput label={w.builder.header} value={headerText} limit={60} isOptional onWrite={setHeader} />
      <LimitedInput label={w.builder.body} value={bodyText} limit={1024} isLong onWrite={setBody} />
      <LimitedInput label={w.builder.footer} value={footerText} limit={60} isOptional onWrite={setFooter} />
      {titles.map((title, place) => (
        <div key={place} class="with-button">
          <LimitedInput
            label={w.builder.button(place + 1)}
            value={title}
            limit={20}
            onWrite={(next) => write(place, next)}
          />
          {titles.length > 1 && (
            <button
              type="button"
              class="icon-button"
              aria-label={w.builder.removeButton(place + 1)}
              onClick={() => setTitles(titles.filter((_, at) => at !== place))}
            >
              <Icon name="cross" size={16} />
            </button>
          )}
        </div>
      ))}
      {titles.length < MAX_BUTTONS && (
        <button type="button" class="button button-quiet" onClick={() => setTitles([...titles, ""])}>
          <Icon name="plus" size={16} /> {w.builder.addButton}
        </button>
      )}
    </BuilderDialog>
  );
}
