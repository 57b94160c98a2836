import type { JSX } from "preact";
import { Icon } from "../ui/Icon";
import { Media } from "./Media";
import { Text } from "./Text";
import type { Content, Drawn, Header, Message } from "./types";
import { initials } from "./words";

type Draw = (message: Message) => JSX.Element | null;

const textOf = (body: Content["body"]) => (typeof body === "string" ? body : (body?.text ?? ""));

const bodies: Record<string, Draw> = {
  text: ({ content }) => <Text text={textOf(content.body)} />,
  image: ({ content }) => <Media kind="image" media={content} />,
  video: ({ content }) => <Media kind="video" media={content} />,
  audio: ({ content }) => <Media kind="audio" media={content} />,
  sticker: ({ content }) => <Media kind="sticker" media={content} />,
  document: ({ content }) => <Media kind="document" media={content} />,
  location: ({ content }) => <Location content={content} />,
  contacts: ({ content }) => <Cards content={content} />,
  interactive: ({ content }) => <Interactive content={content} />,
  button: ({ content }) => <Text text={content.text ?? ""} />,
  template: ({ drawn }) => <Template drawn={drawn ?? {}} />,
};

export function Body({ message }: { message: Message }) {
  const draw = bodies[message.type];
  return draw ? draw(message) : <p class="text odd">Mensagem do tipo “{message.type}”</p>;
}

function Location({ content }: { content: Content }) {
  return (
    <div class="location">
      <div class="map" aria-hidden="true">
        <Icon name="pin" size={34} />
      </div>
      <strong>{content.name ?? "Localização"}</strong>
      <span>{content.address ?? `${content.latitude}, ${content.longitude}`}</span>
    </div>
  );
}

function Cards({ content }: { content: Content }) {
  const cards = Array.isArray(content) ? content : [];
  return (
    <>
      {cards.map((card) => (
        <div class="card" key={card.name.formatted_name}>
          <span class="avatar">{initials(card.name.formatted_name)}</span>
          <div>
            <strong>{card.name.formatted_name}</strong>
            <span class="card-phone">{card.phones?.[0]?.phone}</span>
          </div>
        </div>
      ))}
    </>
  );
}

function Interactive({ content }: { content: Content }) {
  const reply = content.button_reply ?? content.list_reply;
  if (reply) {
    return (
      <div class="chosen-row">
        <Text text={reply.title} />
        {reply.description && <span>{reply.description}</span>}
      </div>
    );
  }
  if (content.type === "nfm_reply") return <p class="text odd">Formulário respondido</p>;
  return <Parts header={content.header} body={textOf(content.body)} footer={content.footer?.text} />;
}

function Template({ drawn }: { drawn: Drawn }) {
  return <Parts header={drawn.header} body={drawn.body ?? ""} footer={drawn.footer} />;
}

interface PartsOf {
  header: Header | undefined;
  body: string;
  footer: string | undefined;
}

function Parts({ header, body, footer }: PartsOf) {
  return (
    <>
      {header?.image && <Media kind="image" media={header.image} />}
      {header?.video && <Media kind="video" media={header.video} />}
      {header?.document && <Media kind="document" media={header.document} />}
      {header?.text && <strong class="part-header">{header.text}</strong>}
      <Text text={body} />
      {footer && <span class="part-footer">{footer}</span>}
    </>
  );
}
