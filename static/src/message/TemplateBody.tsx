import { useEffect } from "preact/hooks";
import { fill, fillHeader, partsOf, sentHeader } from "../composer/template-text";
import { templates } from "../lists";
import { Icon } from "../ui/Icon";
import type { Message, Template } from "../wire";
import { w } from "../words";
import { InteractiveBody } from "./InteractiveBody";
import { MediaFile } from "./MediaBody";
import { mediaOf } from "./media";

interface Sent {
  templateName?: string;
  languageCode?: string;
  parameters?: string[];
  components?: unknown;
}

function asSeen(template: Template | undefined, message: Message) {
  const { parameters = [], components } = (message.metadata ?? {}) as Sent;
  if (!template) return { bodyText: message.content ?? "" };
  const { headerMedia, footer, buttons } = partsOf(template);
  const media = mediaOf(message);
  return {
    headerMedia,
    headerFile: headerMedia && media.path && <MediaFile type={headerMedia} media={media} />,
    headerText: fillHeader(template, sentHeader(components)),
    bodyText: fill(template, parameters),
    footerText: footer,
    buttons: buttons.map((title) => ({ id: title, title })),
  };
}

export function TemplateBody({ message }: { message: Message }) {
  useEffect(() => void templates.load(), []);
  const { templateName, languageCode } = (message.metadata ?? {}) as Sent;
  const isIt = (one: Template) => one.name === templateName && one.language === languageCode;
  return (
    <>
      <span class="bubble-kind">
        <Icon name="template" size={13} />
        {w.message.template} {templateName}
      </span>
      <InteractiveBody {...asSeen(templates.rows.value.find(isIt), message)} />
    </>
  );
}
