import { w } from "../words";
import { countedBy, hrefBehind, wholeOf } from "./behind";
import { durationOrNothing } from "./duration";
import type { Filters } from "./filters";
import { countText, ratingText, shareText } from "./numbers";
import { Tile } from "./Tile";
import type { FiguresReport } from "./wire";

export function Totals({ report, filters }: { report: FiguresReport; filters: Filters }) {
  const says = w.supervisor.reports;
  const { begun, answered, secondsToAnswer, closed, resolved, ratings, rating } = report.total;
  const to = (figure: keyof typeof countedBy, count: number) =>
    count ? hrefBehind({ ...wholeOf(report, filters), ...countedBy[figure] }) : undefined;
  return (
    <section class="tiles" aria-label={says.figures}>
      <Tile name={says.begun} value={countText(begun)} href={to("begun", begun)} />
      <Tile
        name={says.answered}
        value={countText(answered)}
        hint={says.ofBegun(shareText(answered, begun))}
        href={to("answered", answered)}
      />
      <Tile
        name={says.secondsToAnswer}
        value={durationOrNothing(secondsToAnswer)}
        hint={says.meanHint}
        href={to("secondsToAnswer", answered)}
      />
      <Tile
        name={says.closed}
        value={countText(closed)}
        hint={says.ofBegun(shareText(closed, begun))}
        href={to("closed", closed)}
      />
      <Tile
        name={says.resolved}
        value={countText(resolved)}
        hint={says.ofClosed(shareText(resolved, closed))}
        href={to("resolved", resolved)}
      />
      <Tile
        name={says.rating}
        value={ratingText(rating)}
        hint={says.ratings(ratings)}
        href={to("rating", ratings)}
      />
    </section>
  );
}
