import { useEffect, useState } from "preact/hooks";
import { api } from "../api";
import { conversations, keepRead } from "../inbox/conversations";
import { Found } from "../inbox/Found";
import { Icon } from "../ui/Icon";
import { useShown } from "../ui/useModal";
import { w } from "../words";
import { Key } from "./Key";
import { type Offer, offersFor } from "./offers";
import { closeOverlay, overlay } from "./overlay";

const LIST_ID = "palette-offers";
const PAUSE_MS = 150;
const FETCHED = 6;

/** Also those that no list has shown yet: what the server finds is then known here. */
function useFurther(text: string): void {
  useEffect(() => {
    if (!text.trim()) return;
    const asking = new AbortController();
    const ask = () => api.conversations({ search: text, limit: FETCHED }, asking.signal);
    const pause = setTimeout(() => {
      keepRead(ask, ({ page }) => page.data).catch(() => undefined);
    }, PAUSE_MS);
    return () => {
      clearTimeout(pause);
      asking.abort();
    };
  }, [text]);
}

interface OptionProps {
  offer: Offer;
  id: string;
  isChosen: boolean;
  searched: string;
  onChoose: () => void;
}

function Option({ offer, id, isChosen, searched, onChoose }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the text box that owns this list.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      class="palette-option"
      onClick={onChoose}
    >
      <Icon name={offer.icon} />
      <span class="palette-title">
        <span>
          <Found text={offer.title} searched={searched} />
        </span>
        {offer.more && <small>{offer.more}</small>}
      </span>
      {offer.key && <Key name={offer.key} />}
    </div>
  );
}

const close = () => closeOverlay("palette");

function OpenPalette() {
  // Not the browser's modal, for which the style of the whole page is worked out anew: its one field keeps the focus.
  const shown = useShown((dialog) => dialog.show());
  const [text, setText] = useState("");
  const [place, setPlace] = useState(0);
  useFurther(text);
  const offers = offersFor(text, conversations.value.values());
  const chosen = offers[Math.min(place, offers.length - 1)];
  const idOf = (offer: Offer) => `${LIST_ID}-${offer.id}`;
  useEffect(() => {
    if (chosen) document.getElementById(idOf(chosen))?.scrollIntoView({ block: "nearest" });
  }, [chosen?.id]);
  const run = (offer: Offer) => {
    close();
    // Once the palette has given the focus back, so that the act may move it.
    queueMicrotask(() => requestAnimationFrame(() => offer.run()));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) setPlace((place + by + offers.length) % offers.length);
    else if (event.key === "Enter" && chosen) run(chosen);
    else if (event.key === "Escape") close();
    else if (event.key !== "Tab") return;
    event.preventDefault();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it, as any dialog; this is for a click beside it. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the same. */}
      <div class="palette-veil" onClick={close} />
      <dialog
        ref={shown}
        class="dialog palette"
        aria-modal="true"
        aria-label={w.keys.palette}
        onKeyDown={onKeyDown}
        onMouseDown={(event) => event.target instanceof HTMLInputElement || event.preventDefault()}
      >
        <div class="palette-line">
          <Icon name="search" />
          <input
            class="palette-input"
            role="combobox"
            aria-expanded="true"
            aria-controls={LIST_ID}
            aria-activedescendant={chosen && idOf(chosen)}
            aria-label={w.keys.palette}
            placeholder={w.keys.palettePlaceholder}
            autocomplete="off"
            value={text}
            onInput={(event) => {
              setText(event.currentTarget.value);
              setPlace(0);
            }}
          />
        </div>
        <div class="palette-offers" role="listbox" id={LIST_ID} aria-label={w.keys.palette}>
          {offers.map((offer) => (
            <Option
              key={offer.id}
              id={idOf(offer)}
              offer={offer}
              isChosen={offer === chosen}
              searched={text}
              onChoose={() => run(offer)}
            />
          ))}
          {offers.length === 0 && <p class="menu-note">{w.inbox.noResults(text)}</p>}
        </div>
      </dialog>
    </>
  );
}

/** What Ctrl+K shows: everything that can be done here, and everyone one can go to, by typing. */
export function Palette() {
  return overlay.value === "palette" ? <OpenPalette /> : null;
}
