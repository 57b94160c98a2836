import { countedBy, hrefBehind } from "../reports/behind";
import { dayIn } from "../reports/calendar";
import { durationOrNothing, durationText } from "../reports/duration";
import { hrefReport } from "../reports/href";
import { countText, ratingText } from "../reports/numbers";
import { Tile } from "../reports/Tile";
import { w } from "../words";
import { picture } from "./board";
import { ACTIVE, ofToday } from "./lists";

/** What the house does at this moment, in five numbers. */
export function Numbers({ zone }: { zone: string }) {
  const says = w.supervisor.board;
  if (!picture.value) return null;
  const { numbers, averageWaitSeconds } = picture.value;
  const { inQueue, active, resolvedToday, minutesToResolve, secondsToAnswer, satisfaction, online } = numbers;
  const today = dayIn(zone, Date.now());
  return (
    <section class="tiles" aria-label={says.numbers}>
      <Tile
        name={says.inQueue}
        value={countText(inQueue)}
        hint={inQueue ? says.averageWait(durationText(averageWaitSeconds)) : says.nobodyWaits}
      />
      <Tile
        name={says.active}
        value={countText(active)}
        hint={says.activeHint(online)}
        href={active ? hrefBehind(ACTIVE) : undefined}
      />
      <Tile
        name={says.resolved}
        value={countText(resolvedToday)}
        hint={minutesToResolve === null ? undefined : says.resolvedIn(durationText(minutesToResolve * 60))}
        href={resolvedToday ? hrefReport({ period: null, from: today, to: today }) : undefined}
      />
      <Tile
        name={says.firstAnswer}
        value={durationOrNothing(secondsToAnswer)}
        hint={says.firstAnswerHint}
        href={
          secondsToAnswer === null
            ? undefined
            : hrefBehind({ ...ofToday(zone), ...countedBy.secondsToAnswer })
        }
      />
      <Tile
        name={says.satisfaction}
        value={ratingText(satisfaction)}
        hint={says.satisfactionHint}
        href={satisfaction === null ? undefined : hrefReport({ period: "30d" })}
      />
    </section>
  );
}
