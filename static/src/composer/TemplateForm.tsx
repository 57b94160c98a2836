import { useState } from "preact/hooks";
import { InteractiveBody } from "../message/InteractiveBody";
import { sendDraft } from "../thread/sending";
import { Field } from "../ui/Field";
import type { Id, Template } from "../wire";
import { w } from "../words";
import { fill, partsOf, placesOf } from "./template-text";

interface Props {
  conversationId: Id;
  template: Template;
  onBack: () => void;
  onClose: () => void;
}

export function TemplateForm({ conversationId, template, onBack, onClose }: Props) {
  const places = placesOf(template);
  const [parameters, setParameters] = useState(places.map(() => ""));
  const preview = fill(template, parameters);
  const { header, footer, buttons } = partsOf(template);

  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const { name: templateName, language: languageCode } = template;
    const message = { templateName, languageCode, parameters };
    void sendDraft(conversationId, { kind: "template", message, preview });
    onClose();
  };

  return (
    <form class="builder dialog-body" onSubmit={send}>
      <div class="form">
        <p class="template-name">{template.name}</p>
        {places.map((place, at) => (
          <Field key={place} label={w.template.parameter(place)}>
            {(control) => (
              <input
                {...control}
                class="input"
                value={parameters[at]}
                onInput={(event) => setParameters(parameters.with(at, event.currentTarget.value))}
                required
              />
            )}
          </Field>
        ))}
      </div>
      <section class="builder-preview" aria-label={w.builder.preview}>
        <p class="builder-label">{w.builder.preview}</p>
        <div class="bubble bubble-out">
          <InteractiveBody
            headerText={header}
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
