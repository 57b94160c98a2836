import { EmptyState } from "../ui/EmptyState";
import { w } from "../words";
import { picture, waiting } from "./board";
import { QueueRow } from "./QueueRow";

const COLUMNS = ["customer", "waiting", "estimate", "team"] as const;

function Line() {
  const says = w.supervisor.board;
  return (
    <table class="table queue">
      <caption class="visually-hidden">{says.queueCaption}</caption>
      <thead>
        <tr>
          <th scope="col" class="number">
            <span class="visually-hidden">{says.place}</span>
          </th>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {says[column]}
            </th>
          ))}
          <th scope="col">
            <span class="visually-hidden">{says.acts}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {waiting.value.map((place) => (
          <QueueRow key={place.conversation.id} place={place} />
        ))}
      </tbody>
    </table>
  );
}

/** Who waits, in the order in which they will be served. */
export function Queue() {
  const says = w.supervisor.board;
  const shown = waiting.value.length;
  const total = picture.value?.numbers.inQueue ?? 0;
  return (
    <section class="panel" aria-label={says.queue}>
      <h2>{says.queue}</h2>
      {/* It says only when the number changes: each row would be more than one can listen to. */}
      <p class="visually-hidden" role="status">
        {says.waitingNow(shown)}
      </p>
      {shown === 0 ? (
        <EmptyState icon="check" title={says.emptyQueue} text={says.emptyQueueText} />
      ) : (
        <Line />
      )}
      {total > (picture.value?.places.length ?? 0) && <p class="panel-note">{says.shownOf(shown, total)}</p>}
    </section>
  );
}
