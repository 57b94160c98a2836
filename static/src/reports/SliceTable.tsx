import type { Id } from "../wire";
import { w } from "../words";
import { type Behind, countedBy } from "./behind";
import { durationOrNothing } from "./duration";
import { Figure } from "./Figure";
import { countText, ratingText, shareText } from "./numbers";
import { Scroll } from "./Scroll";
import type { Figures, Slice } from "./wire";

interface Column {
  figure: keyof typeof countedBy;
  text: (figures: Figures) => string;
  /** Beside the figure, where it says more than the figure alone. */
  aside?: (figures: Figures) => string;
  /** Of how many conversations it speaks: of none there is nothing to open. */
  count: (figures: Figures) => number;
}

const COLUMNS: readonly Column[] = [
  { figure: "begun", text: ({ begun }) => countText(begun), count: ({ begun }) => begun },
  { figure: "answered", text: ({ answered }) => countText(answered), count: ({ answered }) => answered },
  {
    figure: "secondsToAnswer",
    text: ({ secondsToAnswer }) => durationOrNothing(secondsToAnswer),
    count: ({ answered }) => answered,
  },
  { figure: "closed", text: ({ closed }) => countText(closed), count: ({ closed }) => closed },
  {
    figure: "resolved",
    text: ({ resolved }) => countText(resolved),
    aside: ({ resolved, closed }) => shareText(resolved, closed),
    count: ({ resolved }) => resolved,
  },
  {
    figure: "rating",
    text: ({ rating }) => ratingText(rating),
    aside: ({ ratings }) => w.supervisor.reports.ratings(ratings),
    count: ({ ratings }) => ratings,
  },
];

function Cell({ column, slice, behind }: { column: Column; slice: Named; behind: Behind }) {
  const { figure, text, aside, count } = column;
  const { name, figures } = slice;
  const says = w.supervisor.reports;
  const isLinked = count(figures) > 0;
  return (
    <td class="number">
      <Figure
        behind={isLinked ? { ...behind, ...countedBy[figure] } : null}
        label={says.open(`${name}, ${says[figure]}: ${text(figures)}`)}
      >
        {text(figures)}
      </Figure>
      {aside && count(figures) > 0 && <span class="aside">{aside(figures)}</span>}
    </td>
  );
}

type Named = Slice & { name: string };

interface Props {
  title: string;
  noun: string;
  /** What those are called that have none. */
  none: string;
  slices: readonly Slice[];
  behind: (id: Id | null) => Behind;
}

export function SliceTable({ title, noun, none, slices, behind }: Props) {
  const named = slices.map((slice): Named => {
    const name = slice.name ?? (slice.id ? w.supervisor.reports.tables.removed : none);
    return { ...slice, name };
  });
  return (
    <section class="panel">
      <h2>{title}</h2>
      <Scroll className="table-scroll" label={title}>
        <table class="table table-even">
          <caption class="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{noun}</th>
              {COLUMNS.map(({ figure }) => (
                <th key={figure} scope="col" class="number">
                  {w.supervisor.reports[figure]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {named.map((slice) => (
              <tr key={slice.id}>
                <th scope="row">{slice.name}</th>
                {COLUMNS.map((column) => (
                  <Cell key={column.figure} column={column} slice={slice} behind={behind(slice.id)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
