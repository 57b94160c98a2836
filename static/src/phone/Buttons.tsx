import { Icon, type IconName } from "../ui/Icon";
import { answerFlow, write } from "./actions";
import { type Chat, useChat } from "./chats";
import { LinkButton, OtherButton, ReplyButton } from "./OneButton";
import { samples } from "./samples";
import type { Message } from "./types";
import { w } from "./words";

/** What can be tapped below a bubble of the business. */
export function Buttons({ message }: { message: Message }) {
  const chat = useChat();
  if (message.type === "template") return <TemplateButtons message={message} />;
  if (message.type !== "interactive") return null;
  const { type, action } = message.content ?? {};
  const parameters = action?.parameters;
  if (type === "button") return <ReplyButtons message={message} />;
  if (type === "cta_url") {
    return (
      <div class="buttons">
        <LinkButton icon="link" url={parameters?.url} text={parameters?.display_text} />
      </div>
    );
  }
  const only = onlyButton(chat, message)[type ?? ""];
  return only ? (
    <div class="buttons">
      <button type="button" onClick={only.tap}>
        <Icon name={only.icon} size={17} /> {only.text}
      </button>
    </div>
  ) : null;
}

interface Tapped {
  icon: IconName;
  text: string;
  tap: () => void;
}

const onlyButton = (chat: Chat, message: Message): Record<string, Tapped> => ({
  list: {
    icon: "list",
    text: message.content?.action?.button ?? w.body.options,
    tap: () => {
      chat.list.value = message;
    },
  },
  location_request_message: {
    icon: "pin",
    text: w.body.sendLocation,
    tap: () => void write(chat, samples.location()),
  },
  flow: {
    icon: "list",
    text: message.content?.action?.parameters?.flow_cta ?? w.body.openForm,
    tap: () => void answerFlow(chat, message.wamid),
  },
});

/** What the customer has already chosen below this message: an id, or a template's button by its text. */
function useChosen(wamid: string): string | undefined {
  const { messages } = useChat();
  const answer = messages.value.find((each) => each.sender === "customer" && each.context?.id === wamid);
  return answer?.content?.button_reply?.id ?? answer?.content?.text;
}

function ReplyButtons({ message }: { message: Message }) {
  const chosen = useChosen(message.wamid);
  return (
    <div class="buttons">
      {message.content?.action?.buttons?.map(({ reply }) => (
        <ReplyButton
          key={reply.id}
          wamid={message.wamid}
          id={reply.id}
          text={reply.title}
          isChosen={chosen === reply.id}
        />
      ))}
    </div>
  );
}

function TemplateButtons({ message }: { message: Message }) {
  const buttons = message.drawn?.buttons ?? [];
  const chosen = useChosen(message.wamid);
  if (!buttons.length) return null;
  return (
    <div class="buttons">
      {buttons.map((button) =>
        button.type === "QUICK_REPLY" ? (
          <ReplyButton
            key={button.id}
            wamid={message.wamid}
            id={button.id}
            text={button.text}
            isChosen={chosen === button.text}
          />
        ) : (
          <OtherButton key={button.id} button={button} />
        ),
      )}
    </div>
  );
}
