import { useEffect, useState } from "preact/hooks";
import { channels } from "../lists";
import { may } from "../session";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import { ChannelCard } from "./ChannelCard";
import { ConnectNumber } from "./ConnectNumber";

export function Channels() {
  const [isConnecting, setConnecting] = useState(false);
  useEffect(() => void channels.load(), []);
  const rows = channels.rows.value;
  const isEmpty = channels.state.value === "ready" && rows.length === 0;
  if (!may("channels.edit")) return <EmptyState icon="channel" title={w.channels.onlyAdmin} />;
  return (
    <main class="page">
      <div class="page-head">
        <div>
          <h1>{w.channels.title}</h1>
          <p>{w.channels.lead}</p>
        </div>
        {!isEmpty && !isConnecting && (
          <button type="button" class="button button-main" onClick={() => setConnecting(true)}>
            <Icon name="plus" size={16} />
            {w.channels.connect}
          </button>
        )}
      </div>
      {channels.state.value === "failed" && <p role="alert">{w.problem.list}</p>}
      {(isConnecting || isEmpty) && (
        <ConnectNumber
          onConnected={() => setConnecting(false)}
          onCancel={isEmpty ? null : () => setConnecting(false)}
        />
      )}
      <ul class="channel-list">
        {rows.map((channel) => (
          <ChannelCard key={channel.id} channel={channel} />
        ))}
      </ul>
    </main>
  );
}
