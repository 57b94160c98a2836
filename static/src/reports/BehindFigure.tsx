import "../styles/reports.css";
import { useEffect, useState } from "preact/hooks";
import { api } from "../api";
import { ConversationRow } from "../inbox/ConversationRow";
import { RowSkeletons } from "../inbox/RowSkeletons";
import { channels, people, teams } from "../lists";
import { attempt } from "../notices";
import { route } from "../route";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import type { Conversation } from "../wire";
import { w } from "../words";
import { BehindChips } from "./BehindChips";
import { type Behind, readBehind } from "./behind";
import { Supervised } from "./Supervised";

const PAGE = 50;

interface Listed {
  rows: readonly Conversation[];
  total: number;
  next: string | null;
}

function useConversations(behind: Behind, query: string) {
  const [listed, setListed] = useState<Listed | null>(null);
  const [isLoading, setLoading] = useState(false);
  const load = async (before: Listed | null) => {
    setLoading(true);
    await attempt(async () => {
      const cursor = before?.next ?? undefined;
      const { page } = await api.conversations({ ...behind, cursor, limit: PAGE });
      const rows = [...(before?.rows ?? []), ...page.data];
      setListed({ rows, total: before?.total ?? page.pagination.total, next: page.nextCursor });
    });
    setLoading(false);
  };
  useEffect(() => {
    setListed(null);
    void load(null);
  }, [query]);
  return { listed, isLoading, more: () => load(listed), again: () => load(null) };
}

function Rows({ rows }: { rows: readonly Conversation[] }) {
  if (rows.length === 0) {
    return <EmptyState icon="chat" title={w.supervisor.behind.none} text={w.supervisor.behind.noneText} />;
  }
  return (
    <ul class="rows" aria-label={w.supervisor.behind.title}>
      {rows.map((row) => (
        <li key={row.id}>
          <ConversationRow conversation={row} isOpen={false} />
        </li>
      ))}
    </ul>
  );
}

function List({ zone }: { zone: string }) {
  const here = route.value;
  const query = here.name === "behind" ? here.query : "";
  const behind = readBehind(query);
  const { listed, isLoading, more, again } = useConversations(behind, query);
  return (
    <main class="page behind" aria-busy={isLoading}>
      <header class="behind-head">
        <button type="button" class="icon-button" aria-label={w.back} onClick={() => history.back()}>
          <Icon name="back" />
        </button>
        <h1>{w.supervisor.behind.title}</h1>
        <strong role="status">{listed && w.supervisor.behind.count(listed.total)}</strong>
      </header>
      <BehindChips behind={behind} zone={zone} />
      <div class="behind-list">
        {listed && <Rows rows={listed.rows} />}
        {!listed && isLoading && <RowSkeletons count={6} />}
        {!listed && !isLoading && (
          <p class="list-note">
            {w.problem.list}
            <button type="button" class="button" onClick={again}>
              {w.tryAgain}
            </button>
          </p>
        )}
      </div>
      {listed?.next && (
        <button type="button" class="button behind-more" disabled={isLoading} onClick={more}>
          {w.supervisor.behind.more}
        </button>
      )}
    </main>
  );
}

/** The conversations that a figure counts. */
export function BehindFigure() {
  useEffect(() => {
    for (const list of [people, teams, channels]) void list.load();
  }, []);
  return <Supervised>{(zone) => <List zone={zone} />}</Supervised>;
}
