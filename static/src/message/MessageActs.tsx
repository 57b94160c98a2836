import { useRef, useState } from "preact/hooks";
import { EmojiPicker } from "../composer/emoji/EmojiPicker";
import { replyTo } from "../composer/replying";
import { attempt, notify } from "../notices";
import { may } from "../session";
import type { Row } from "../thread/rows";
import { react } from "../thread/sending";
import { Dialog } from "../ui/Dialog";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import type { Id } from "../wire";
import { w } from "../words";
import { captionOf } from "./media";
import { isAtWhatsApp, ourReaction, QUICK_REACTIONS } from "./reactions";

interface Props {
  row: Row;
  conversationId: Id;
}

const SHEET_WIDTH = 260;

/** Where there is room for the menu: a bubble may be at any edge of the thread. */
function roomFor(element: HTMLElement | null) {
  const box = element?.getBoundingClientRect();
  const pane = element?.closest(".thread-scroll")?.getBoundingClientRect();
  if (!box || !pane) return { align: "end", upwards: false } as const;
  const align = pane.right - box.left > SHEET_WIDTH ? "start" : "end";
  return { align, upwards: box.top > (pane.top + pane.bottom) / 2 } as const;
}

async function copy(row: Row): Promise<void> {
  await navigator.clipboard.writeText(row.content || captionOf(row));
  notify("good", w.composing.acts.copied);
}

function QuickReactions({ row, conversationId, onMore }: Props & { onMore: () => void }) {
  const ours = ourReaction(row);
  return (
    <div class="quick-reactions">
      {QUICK_REACTIONS.map((emoji) => (
        <button
          key={emoji}
          type="button"
          role="menuitemradio"
          aria-checked={emoji === ours}
          tabIndex={-1}
          aria-label={emoji === ours ? w.composing.acts.unreact : w.composing.acts.react(emoji)}
          onClick={() => attempt(() => react(conversationId, row, emoji === ours ? "" : emoji))}
        >
          {emoji}
        </button>
      ))}
      <button
        type="button"
        role="menuitem"
        tabIndex={-1}
        aria-label={w.composing.acts.moreEmoji}
        onClick={onMore}
      >
        <Icon name="plus" size={18} />
      </button>
    </div>
  );
}

/** What can be done with a message: beside its bubble under the pointer, by a long press, or by keyboard. */
export function MessageActs({ row, conversationId }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<ReturnType<typeof roomFor>>({ align: "end", upwards: false });
  const [isChoosing, setChoosing] = useState(false);
  const mayAnswer = may("conversations.work") && isAtWhatsApp(row);
  const text = row.content || captionOf(row);
  const mayCopy = Boolean(text) && navigator.clipboard !== undefined;
  if (!mayAnswer && !mayCopy) return null;
  return (
    <div class="message-acts" ref={root}>
      {mayAnswer && (
        <button
          type="button"
          class="icon-button message-reply"
          aria-label={w.message.reply}
          title={w.message.reply}
          onClick={() => replyTo(conversationId, row)}
        >
          <Icon name="reply" size={16} />
        </button>
      )}
      <Menu
        label={w.composing.acts.menu}
        trigger={<Icon name="more" size={16} />}
        {...room}
        onOpen={() => setRoom(roomFor(root.current))}
      >
        {mayAnswer && (
          <QuickReactions row={row} conversationId={conversationId} onMore={() => setChoosing(true)} />
        )}
        {mayAnswer && (
          <MenuItem onChoose={() => setTimeout(() => replyTo(conversationId, row))}>
            <Icon name="reply" size={16} /> {w.message.reply}
          </MenuItem>
        )}
        {mayCopy && (
          <MenuItem onChoose={() => attempt(() => copy(row))}>
            <Icon name="copy" size={16} /> {w.composing.acts.copy}
          </MenuItem>
        )}
      </Menu>
      {isChoosing && (
        <Dialog title={w.composing.acts.moreEmoji} onClose={() => setChoosing(false)}>
          <div class="dialog-body">
            <EmojiPicker
              onPick={(emoji) => {
                setChoosing(false);
                void attempt(() => react(conversationId, row, emoji));
              }}
            />
          </div>
        </Dialog>
      )}
    </div>
  );
}
