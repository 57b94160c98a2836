import { Icon, type IconName } from "../ui/Icon";
import { answerFlow, sendLocation, tap } from "./actions";
import { messages, openList } from "./state";
import type { Message } from "./types";

/** What can be tapped below a bubble of the business. */
export function Buttons({ message }: { message: Message }) {
  if (message.type === "template") return <TemplateButtons message={message} />;
  if (message.type !== "interactive") return null;
  const { content } = message;
  const parameters = content.action?.parameters;
  if (content.type === "button") return <ReplyButtons message={message} />;
  if (content.type === "list") {
    const text = content.action?.button ?? "Opções";
    return <TapButton icon="list" text={text} onTap={() => (openList.value = message)} />;
  }
  if (content.type === "cta_url") return <LinkButton url={parameters?.url} text={parameters?.display_text} />;
  if (content.type === "location_request_message") {
    return <TapButton icon="pin" text="Enviar localização" onTap={() => void sendLocation()} />;
  }
  if (content.type === "flow") {
    const text = parameters?.flow_cta ?? "Abrir formulário";
    return <TapButton icon="list" text={text} onTap={() => void answerFlow(message.wamid)} />;
  }
  return null;
}

/** The id the customer has already chosen below this message. */
function chosenFrom(wamid: string): string | undefined {
  const answer = messages.value.find((each) => each.sender === "customer" && each.context?.id === wamid);
  return answer?.content.button_reply?.id ?? answer?.content.text;
}

function ReplyButtons({ message }: { message: Message }) {
  const chosen = chosenFrom(message.wamid);
  return (
    <div class="buttons">
      {message.content.action?.buttons?.map(({ reply }) => (
        <button
          type="button"
          key={reply.id}
          disabled={chosen === reply.id}
          onClick={() => void tap(message.wamid, reply.id)}
        >
          <Icon name="reply" size={17} /> {reply.title}
        </button>
      ))}
    </div>
  );
}

function TemplateButtons({ message }: { message: Message }) {
  const buttons = message.drawn?.buttons ?? [];
  const chosen = chosenFrom(message.wamid);
  if (!buttons.length) return null;
  return (
    <div class="buttons">
      {buttons.map((button) =>
        button.type === "QUICK_REPLY" ? (
          <button
            type="button"
            key={button.id}
            disabled={chosen === button.text}
            onClick={() => void tap(message.wamid, button.id)}
          >
            <Icon name="reply" size={17} /> {button.text}
          </button>
        ) : (
          <LinkButton key={button.id} url={button.url} text={button.text} />
        ),
      )}
    </div>
  );
}

function TapButton({ icon, text, onTap }: { icon: IconName; text: string; onTap: () => void }) {
  return (
    <div class="buttons">
      <button type="button" onClick={onTap}>
        <Icon name={icon} size={17} /> {text}
      </button>
    </div>
  );
}

function LinkButton({ url, text }: { url: string | undefined; text: string | undefined }) {
  return (
    <div class="buttons">
      <a href={url} target="_blank" rel="noreferrer">
        <Icon name="link" size={17} /> {text}
      </a>
    </div>
  );
}
