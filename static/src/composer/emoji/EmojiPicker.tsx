import { useEffect, useMemo, useState } from "preact/hooks";
import { w } from "../../words";
import { type Emoji, type EmojiGroup, keepRecent, loadEmoji, offered } from "./emoji";

const COLUMNS = 8;
const STEPS: Record<string, number> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: COLUMNS,
  ArrowUp: -COLUMNS,
};
const optionId = (place: number) => `emoji-option-${place}`;

interface Props {
  onPick: (sign: string) => void;
}

/** The search keeps the focus; the arrows walk through what it found, Enter takes it. */
export function EmojiPicker({ onPick }: Props) {
  const [groups, setGroups] = useState<readonly EmojiGroup[] | null>(null);
  const [text, setText] = useState("");
  const [place, setPlace] = useState(0);
  useEffect(() => void loadEmoji().then(setGroups, () => setGroups([])), []);
  const shown = useMemo(() => offered(groups ?? [], text), [groups, text]);
  const all = shown.flatMap(({ emoji }) => emoji);

  const pick = ({ sign }: Emoji) => {
    keepRecent(sign);
    onPick(sign);
  };
  const move = (by: number) => {
    const next = Math.max(0, Math.min(all.length - 1, place + by));
    setPlace(next);
    document.getElementById(optionId(next))?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    const chosen = all[place];
    if (by) move(by);
    else if (event.key === "Enter" && chosen) pick(chosen);
    else return;
    event.preventDefault();
  };

  let before = 0;
  const placed = shown.map((group) => {
    const first = before;
    before += group.emoji.length;
    return { ...group, first };
  });
  return (
    <div class="emoji">
      <input
        class="input"
        type="search"
        aria-controls="emoji-options"
        aria-activedescendant={all.length > 0 ? optionId(place) : undefined}
        aria-label={w.composing.emoji.search}
        placeholder={w.composing.emoji.search}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setPlace(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div class="emoji-options" id="emoji-options" role="listbox" aria-label={w.composing.emoji.open}>
        {placed.map(({ title, emoji, first }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options has no element of its own outside a select.
          <div key={title} role="group" aria-label={title || w.composing.emoji.search}>
            {title && <p class="emoji-title">{title}</p>}
            <div class="emoji-grid">
              {emoji.map((one, at) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the search that owns this list.
                <span
                  key={one.sign}
                  id={optionId(first + at)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={first + at === place}
                  aria-label={one.name}
                  title={one.name}
                  onClick={() => pick(one)}
                >
                  {one.sign}
                </span>
              ))}
            </div>
          </div>
        ))}
        {all.length === 0 && <p class="menu-note">{groups ? w.composing.emoji.none : w.loading}</p>}
      </div>
    </div>
  );
}
