import type { ComponentChildren } from "preact";
import type { HeaderMedia } from "../composer/template-text";
import { Icon } from "../ui/Icon";
import type { ListSection, Metadata, ReplyButton } from "../wire";
import { w } from "../words";
import { TextBody } from "./TextBody";

export interface Interactive {
  bodyText: string;
  headerText?: string;
  /** A file above the text; its sign, where it is not here because WhatsApp itself fetches it. */
  headerMedia?: HeaderMedia | null;
  headerFile?: ComponentChildren;
  footerText?: string;
  buttons?: ReplyButton[];
  buttonText?: string;
  sections?: ListSection[];
}

const mediaIcon = { IMAGE: "image", VIDEO: "play", DOCUMENT: "document" } as const;
const mediaWord = { IMAGE: "image", VIDEO: "video", DOCUMENT: "document" } as const;

export function interactiveOf(content: string | null, metadata: Metadata | null): Interactive {
  return { ...(metadata as Partial<Interactive> | null), bodyText: content ?? "" };
}

function Sections({ sections, label }: { sections: ListSection[]; label: string }) {
  return (
    <details class="list-sections">
      <summary>
        <Icon name="list" size={16} />
        {label}
      </summary>
      {sections.map((section, place) => (
        <div key={place}>
          {section.title && <h4>{section.title}</h4>}
          <ul aria-label={section.title || w.message.sectionsOf(label)}>
            {section.rows.map((row) => (
              <li key={row.id}>
                <span>{row.title}</span>
                {row.description && <small>{row.description}</small>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </details>
  );
}

/** Buttons and lists as the customer sees them. */
export function InteractiveBody(message: Interactive) {
  return (
    <div class="interactive">
      {message.headerFile}
      {message.headerMedia && !message.headerFile && (
        <div class="interactive-media" role="img" aria-label={w.message[mediaWord[message.headerMedia]]}>
          <Icon name={mediaIcon[message.headerMedia]} size={34} />
        </div>
      )}
      {message.headerText && <strong class="interactive-header">{message.headerText}</strong>}
      <TextBody text={message.bodyText} />
      {message.footerText && <small class="interactive-footer">{message.footerText}</small>}
      {message.buttons?.map((button) => (
        <span key={button.id} class="interactive-button">
          <Icon name="reply" size={14} />
          {button.title}
        </span>
      ))}
      {message.sections && (
        <Sections sections={message.sections} label={message.buttonText || w.builder.listOpen} />
      )}
    </div>
  );
}
