import { Icon, type IconName } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { erase, react } from "./actions";
import { useChat } from "./chats";
import type { Message } from "./types";
import { w } from "./words";

const EMOJIS = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

/** Reacting (the same again takes it away), replying; and with one's own words: changing and deleting them. */
export function BubbleMenu({ message }: { message: Message }) {
  const chat = useChat();
  const own = message.reactions?.customer;
  const mine = message.sender === "customer";
  const reply = () => {
    chat.editing.value = null;
    chat.replying.value = message;
  };
  const edit = () => {
    chat.replying.value = null;
    chat.editing.value = message;
  };
  return (
    <div class="bubble-menu">
      <Menu className="menu-button" label={w.chat.act} trigger={<Icon name="chevron" size={16} />} upwards>
        {EMOJIS.map((emoji) => (
          <MenuItem
            key={emoji}
            isChosen={emoji === own}
            onChoose={() => void react(chat, message.wamid, emoji === own ? "" : emoji)}
          >
            <span aria-hidden="true">{emoji}</span>
            <span class="visually-hidden">{w.chat.react(emoji)}</span>
          </MenuItem>
        ))}
        <Act icon="reply" label={w.chat.reply} onChoose={reply} />
        {mine && message.type === "text" && <Act icon="pencil" label={w.chat.edit} onChoose={edit} />}
        {mine && <Act icon="trash" label={w.chat.delete} onChoose={() => void erase(chat, message.wamid)} />}
      </Menu>
    </div>
  );
}

function Act({ icon, label, onChoose }: { icon: IconName; label: string; onChoose: () => void }) {
  return (
    <MenuItem onChoose={onChoose}>
      <Icon name={icon} size={18} />
      <span class="visually-hidden">{label}</span>
    </MenuItem>
  );
}
