import { countedBy, hrefBehind } from "../reports/behind";
import { durationOrNothing, durationText } from "../reports/duration";
import { countText, ratingText } from "../reports/numbers";
import { Tile } from "../reports/Tile";
import { w } from "../words";
import { picture } from "./board";
import { ACTIVE, ofToday, QUEUED, ratedLately, resolvedToday } from "./lists";

/** What the house does at this moment, in five numbers. */
export function Numbers({ zone }: { zone: string }) {
  const says = w.supervisor.board;
  if (!picture.value) return null;
  const { numbers, averageWaitSeconds } = picture.value;
  const { inQueue, active, minutesToResolve, secondsToAnswer, satisfaction, online } = numbers;
  return (
    <section class="tiles" aria-label={says.numbers}>
      <Tile
        name={says.inQueue}
        value={countText(inQueue)}
        hint={inQueue ? says.averageWait(durationText(averageWaitSeconds)) : says.nobodyWaits}
        href={inQueue ? hrefBehind(QUEUED) : undefined}
      />
      <Tile
        name={says.active}
        value={countText(active)}
        hint={says.activeHint(online)}
        href={active ? hrefBehind(ACTIVE) : undefined}
      />
      <Tile
        name={says.resolved}
        value={countText(numbers.resolvedToday)}
        hint={minutesToResolve === null ? undefined : says.resolvedIn(durationText(minutesToResolve * 60))}
        href={numbers.resolvedToday ? hrefBehind(resolvedToday(zone)) : undefined}
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
        href={satisfaction === null ? undefined : hrefBehind(ratedLately())}
      />
    </section>
  );
}
