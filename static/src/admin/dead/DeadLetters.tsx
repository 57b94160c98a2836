import { useEffect, useState } from "preact/hooks";
import { onHeard, type Told } from "../../live/heard";
import { sizeText } from "../../message/media";
import { attempt, notify } from "../../notices";
import { dateAndTime } from "../../time";
import { EmptyState } from "../../ui/EmptyState";
import { MenuItem } from "../../ui/Menu";
import type { Id } from "../../wire";
import { w } from "../../words";
import { adminApi } from "../api";
import { useKeyset } from "../keyset";
import { Acts } from "../ui/Acts";
import { Confirm } from "../ui/Confirm";
import { Paged } from "../ui/Paged";
import { PageHead } from "../ui/PageHead";
import type { DeadLetter } from "../wire";
import { Opened } from "./Opened";

interface RowProps {
  letter: DeadLetter;
  onOpen: () => void;
  onReplay: () => void;
  onRemove: () => void;
}

function LetterRow({ letter, onOpen, onReplay, onRemove }: RowProps) {
  const { at, reason, error, channel, phoneNumberId, size } = letter;
  const words = w.admin.dead;
  const when = dateAndTime(at);
  return (
    <li class="entry-row letter">
      <div class="cell-lines">
        <strong class="cell-name">{words.reasons[reason].title}</strong>
        <span class="cell-sub">
          <time dateTime={at}>{when}</time> · {channel?.name ?? phoneNumberId ?? words.noNumber} ·{" "}
          {sizeText(size)}
        </span>
        <p class="letter-why">{error ?? words.reasons[reason].text}</p>
      </div>
      <div class="letter-acts">
        <button type="button" class="button" onClick={onReplay}>
          {words.replay}
        </button>
        <Acts of={when}>
          <MenuItem onChoose={onOpen}>{words.content}</MenuItem>
          <MenuItem onChoose={onRemove}>{w.admin.remove}</MenuItem>
        </Acts>
      </div>
    </li>
  );
}

const isAboutThese = ([name, payload]: Told) =>
  (name === "catalog:updated" && payload.noun === "dead_letters") ||
  (name === "notification" && payload.type === "inbox.dead");

export function DeadLetters() {
  const list = useKeyset("dead letters", adminApi.deadLetters);
  const [openedId, setOpenedId] = useState<Id | null>(null);
  const [removed, setRemoved] = useState<DeadLetter | null>(null);
  useEffect(() => onHeard((told) => isAboutThese(told) && void list.reload()), []);
  const replay = async ({ id }: DeadLetter) => {
    const isDone = await attempt(() => adminApi.replayDeadLetter(id));
    if (isDone) notify("good", w.admin.dead.replayed);
    await list.reload();
  };
  const remove = async ({ id }: DeadLetter) => {
    await adminApi.removeDeadLetter(id);
    await list.reload();
  };
  return (
    <>
      <PageHead title={w.admin.pages.falhas} lead={w.admin.dead.lead}>
        <button type="button" class="button" onClick={list.reload}>
          {w.admin.refresh}
        </button>
      </PageHead>
      <Paged
        list={list}
        empty={<EmptyState icon="check" title={w.admin.dead.empty} text={w.admin.dead.emptyText} />}
      >
        <ul class="entries">
          {list.rows.map((letter) => (
            <LetterRow
              key={letter.id}
              letter={letter}
              onOpen={() => setOpenedId(letter.id)}
              onReplay={() => replay(letter)}
              onRemove={() => setRemoved(letter)}
            />
          ))}
        </ul>
      </Paged>
      {openedId && <Opened id={openedId} onClose={() => setOpenedId(null)} />}
      {removed && (
        <Confirm
          title={w.admin.dead.removeTitle}
          act={w.admin.remove}
          onConfirm={() => remove(removed)}
          onClose={() => setRemoved(null)}
        >
          {w.admin.dead.removeText}
        </Confirm>
      )}
    </>
  );
}
