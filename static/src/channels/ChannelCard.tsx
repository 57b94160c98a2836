import { useState } from "preact/hooks";
import { api } from "../api";
import { phoneText } from "../contact/name";
import { channels } from "../lists";
import { attempt } from "../notices";
import { CopyButton } from "../ui/CopyButton";
import { Icon } from "../ui/Icon";
import type { Channel, ChannelCheck } from "../wire";
import { w } from "../words";
import { CheckList } from "./CheckList";

const isWell = (status: string) => status === "CONNECTED";

function Pasted({ label, hint, text }: { label: string; hint?: string; text: string }) {
  return (
    <div class="pasted">
      <span class="pasted-label">{label}</span>
      <code>{text}</code>
      <CopyButton text={text} label={`${w.copy}: ${label}`} />
      {hint && <p class="field-note">{hint}</p>}
    </div>
  );
}

function useChecks(channel: Channel) {
  const [checks, setChecks] = useState<ChannelCheck[] | null>(null);
  const [isChecking, setChecking] = useState(false);
  const check = async () => {
    setChecking(true);
    await attempt(async () => setChecks(await api.checkChannel(channel.id)));
    await channels.reload();
    setChecking(false);
  };
  return { checks, isChecking, check };
}

export function ChannelCard({ channel }: { channel: Channel }) {
  const { checks, isChecking, check } = useChecks(channel);
  const { displayPhoneNumber, phoneNumberId, webhookUrl, statusReason, phoneUrl } = channel;
  return (
    <li class="channel">
      <header class="channel-head">
        <Icon name="channel" size={22} />
        <h2>{channel.name}</h2>
        <span class={`state ${isWell(channel.status) ? "state-good" : "state-bad"}`}>
          {w.channels.statuses[channel.status] ?? channel.status}
        </span>
      </header>
      <p class="channel-number">
        {displayPhoneNumber ? phoneText(displayPhoneNumber.replace(/\D/g, "")) : phoneNumberId}
      </p>
      {statusReason && <p class="channel-reason">{statusReason}</p>}
      {webhookUrl && <Pasted label={w.channels.webhook} hint={w.channels.webhookHint} text={webhookUrl} />}
      <div class="channel-acts">
        <button type="button" class="button" disabled={isChecking} onClick={check}>
          {isChecking ? w.channels.checking : checks ? w.channels.checkAgain : w.channels.check}
        </button>
        {phoneUrl && (
          <a class="button" href={phoneUrl} target="_blank" rel="noopener noreferrer">
            <Icon name="phone" size={16} />
            {w.channels.phone}
          </a>
        )}
      </div>
      {checks && <CheckList checks={checks} />}
    </li>
  );
}
