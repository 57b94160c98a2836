import { useState } from "preact/hooks";
import { channels } from "../../lists";
import { Icon } from "../../ui/Icon";
import { w } from "../../words";
import { Listed } from "../ui/Listed";
import { PageHead } from "../ui/PageHead";
import { ChannelCard } from "./ChannelCard";
import { ConnectOwn } from "./ConnectOwn";
import { Ways } from "./Ways";

type Connecting = "choosing" | "own" | null;

export function Channels() {
  const [connecting, setConnecting] = useState<Connecting>(null);
  const isEmpty = channels.state.value === "ready" && channels.rows.value.length === 0;
  const isChoosing = connecting === "choosing" || (isEmpty && connecting === null);
  const stop = () => setConnecting(null);
  return (
    <>
      <PageHead title={w.admin.pages.canais} lead={w.channels.lead}>
        {!isEmpty && connecting === null && (
          <button type="button" class="button button-main" onClick={() => setConnecting("choosing")}>
            <Icon name="plus" size={16} />
            {w.channels.connect}
          </button>
        )}
      </PageHead>
      {isChoosing && (
        <Ways onOwn={() => setConnecting("own")} onConnected={stop} onCancel={isEmpty ? null : stop} />
      )}
      {connecting === "own" && <ConnectOwn onDone={stop} onCancel={stop} />}
      <Listed list={channels} empty={null}>
        <ul class="channel-list">
          {channels.rows.value.map((channel) => (
            <ChannelCard key={channel.id} channel={channel} />
          ))}
        </ul>
      </Listed>
    </>
  );
}
