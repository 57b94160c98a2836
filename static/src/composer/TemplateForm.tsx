import { useState } from "preact/hooks";
import { InteractiveBody } from "../message/InteractiveBody";
import { sendDraft } from "../thread/sending";
import type { Id, Template } from "../wire";
import { w } from "../words";
import { TemplateFields } from "./TemplateFields";
import { type Filling, fill, fillHeader, partsOf, placesOf, templateMessage } from "./template-text";

interface Props {
  conversationId: Id;
  template: Template;
  onBack: () => void;
  onClose: () => void;
}

export function TemplateForm({ conversationId, template, onBack, onClose }: Props) {
  const [filling, setFilling] = useState<Filling>({
    header: "",
    body: placesOf(template).map(() => ""),
    ends: {},
  });
  const preview = fill(template, filling.body);
  const { headerMedia, footer, buttons } = partsOf(template);

  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const message = templateMessage(template, filling);
    void sendDraft(conversationId, { kind: "template", message, preview });
    onClose();
  };

  return (
    <form class="builder dialog-body" onSubmit={send}>
      <div class="form">
        <p class="template-name">{template.name}</p>
        <TemplateFields template={template} filling={filling} onFill={setFilling} />
      </div>
      <section class="builder-preview" aria-label={w.builder.preview}>
        <p class="builder-label">{w.builder.preview}</p>
        <div class="bubble bubble-out">
          <InteractiveBody
            headerMedia={headerMedia}
            headerText={fillHeader(template, filling.header)}
            bodyText={preview}
            footerText={footer}
            buttons={buttons.map((title) => ({ id: title, title }))}
          />
        </div>
      </section>
      <div class="form-acts">
        <button type="button" class="button" onClick={onBack}>
          {w.template.back}
        </button>
        <button type="submit" class="button button-main">
          {w.send}
        </button>
      </div>
    </form>
  );
}
