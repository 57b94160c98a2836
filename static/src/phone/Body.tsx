import type { JSX } from "preact";
import { Icon } from "../ui/Icon";
import { Media } from "./Media";
import { Text } from "./Text";
import type { Content, Drawn, Header, Message } from "./types";
import { w } from "./words";
import { initials, price } from "./written";

type Draw = (content: Content, message: Message) => JSX.Element | null;

const textOf = (body: Content["body"]) => (typeof body === "string" ? body : (body?.text ?? ""));

const bodies: Record<string, Draw> = {
  text: (content) => <Text text={textOf(content.body)} />,
  image: (content) => <Media kind="image" media={content} />,
  video: (content) => <Media kind="video" media={content} />,
  audio: (content, message) => <Media kind="audio" media={content} message={message} />,
  sticker: (content) => <Media kind="sticker" media={content} />,
  document: (content) => <Media kind="document" media={content} />,
  location: (content) => <Location content={content} />,
  contacts: (content) => <Cards content={content} />,
  interactive: (content) => <Interactive content={content} />,
  button: (content) => <Text text={content.text ?? ""} />,
  template: (_, { drawn }) => <Template drawn={drawn ?? {}} />,
  order: (content) => <Order content={content} />,
  unsupported: () => <p class="text odd">{w.body.unsupported}</p>,
};

export function Body({ message }: { message: Message }) {
  const draw = bodies[message.type];
  if (!draw) return <p class="text odd">{w.body.unknown(message.type)}</p>;
  return draw(message.content ?? {}, message);
}

function Location({ content }: { content: Content }) {
  return (
    <div class="location">
      <div class="map" aria-hidden="true">
        <Icon name="pin" size={34} />
      </div>
      <strong>{content.name ?? w.body.location}</strong>
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

function Order({ content }: { content: Content }) {
  const items = content.product_items ?? [];
  const count = items.reduce((sum, { quantity }) => sum + quantity, 0);
  const total = items.reduce((sum, { quantity, item_price }) => sum + quantity * item_price, 0);
  return (
    <>
      <div class="card">
        <span class="avatar">
          <Icon name="list" size={20} />
        </span>
        <div>
          <strong>
            {w.body.order}: {w.body.items(count)}
          </strong>
          <span class="card-phone">{price(total, items[0]?.currency ?? "BRL")}</span>
        </div>
      </div>
      {content.text && <Text text={content.text} />}
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
  if (content.type === "nfm_reply") return <p class="text odd">{w.body.form}</p>;
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
      {header?.location && <Location content={header.location} />}
      {header?.text && <strong class="part-header">{header.text}</strong>}
      <Text text={body} />
      {footer && <span class="part-footer">{footer}</span>}
    </>
  );
}
