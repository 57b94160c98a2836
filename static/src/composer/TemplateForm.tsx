import { useEffect, useRef, useState } from "preact/hooks";
import { InteractiveBody } from "../message/InteractiveBody";
import { MediaFile } from "../message/MediaBody";
import { shownFile } from "../message/media";
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
    file: null,
    body: placesOf(template).map(() => ""),
    ends: {},
  });
  const preview = fill(template, filling.body);
  const { headerMedia, footer, buttons } = partsOf(template);
  const isWaiting = headerMedia !== null && !filling.file && !filling.header;

  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => fields.current?.querySelector("input")?.focus(), []);

  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const message = templateMessage(template, filling);
    void sendDraft(conversationId, { kind: "template", message, preview });
    onClose();
  };

  return (
    <form class="builder dialog-body" onSubmit={send}>
      <div class="form" ref={fields}>
        <p class="template-name">{template.name}</p>
        <TemplateFields template={template} filling={filling} onFill={setFilling} />
      </div>
      <section class="builder-preview" aria-label={w.builder.preview}>
        <p class="builder-label">{w.builder.preview}</p>
        <div class="bubble bubble-out">
          <InteractiveBody
            headerMedia={headerMedia}
            headerFile={
              headerMedia && filling.file && <MediaFile type={headerMedia} media={shownFile(filling.file)} />
            }
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
        <button type="submit" class="button button-main" disabled={isWaiting}>
          {w.send}
        </button>
      </div>
    </form>
  );
}
