import { useState } from "preact/hooks";
import { phoneText } from "../../contact/name";
import { channels } from "../../lists";
import { Icon } from "../../ui/Icon";
import { MenuItem } from "../../ui/Menu";
import type { Channel } from "../../wire";
import { w } from "../../words";
import { adminApi } from "../api";
import { Acts } from "../ui/Acts";
import { Confirm } from "../ui/Confirm";
import { ChannelForm } from "./ChannelForm";
import { ChannelReason } from "./ChannelReason";
import { ChecksOf } from "./ChecksOf";
import { ToPasteIntoMeta } from "./ToPasteIntoMeta";

export function ChannelState({ status }: { status: string }) {
  return (
    <span class={`state ${status === "CONNECTED" ? "state-good" : "state-bad"}`}>
      {w.channels.statuses[status] ?? status}
    </span>
  );
}

export const numberOf = ({ displayPhoneNumber, phoneNumberId }: Channel) =>
  displayPhoneNumber ? phoneText(displayPhoneNumber.replace(/\D/g, "")) : phoneNumberId;

function ChannelActs({ channel }: { channel: Channel }) {
  const [doing, setDoing] = useState<"edit" | "remove" | null>(null);
  const remove = async () => {
    await adminApi.removeChannel(channel.id);
    await channels.reload();
  };
  return (
    <>
      <Acts of={channel.name}>
        <MenuItem onChoose={() => setDoing("edit")}>{w.admin.channels.change}</MenuItem>
        <MenuItem onChoose={() => setDoing("remove")}>{w.admin.channels.disconnect}</MenuItem>
      </Acts>
      {doing === "edit" && <ChannelForm channel={channel} onClose={() => setDoing(null)} />}
      {doing === "remove" && (
        <Confirm
          title={w.admin.channels.disconnectTitle(channel.name)}
          act={w.admin.channels.disconnect}
          onConfirm={remove}
          onClose={() => setDoing(null)}
        >
          {w.admin.channels.disconnectText}
        </Confirm>
      )}
    </>
  );
}

export function ChannelCard({ channel }: { channel: Channel }) {
  const { phoneUrl, webhookUrl } = channel;
  return (
    <li class="channel">
      <header class="channel-head">
        <Icon name="channel" size={22} />
        <h2>{channel.name}</h2>
        <ChannelState status={channel.status} />
        <ChannelActs channel={channel} />
      </header>
      <p class="channel-number">{numberOf(channel)}</p>
      <ChannelReason channel={channel} />
      {phoneUrl && (
        <p class="channel-phone">
          <a class="button" href={phoneUrl} target="_blank" rel="noopener noreferrer">
            <Icon name="phone" size={16} />
            {w.channels.phone}
          </a>
        </p>
      )}
      <ChecksOf channelId={channel.id} />
      {!phoneUrl && webhookUrl && <ToPasteIntoMeta url={webhookUrl} />}
    </li>
  );
}
