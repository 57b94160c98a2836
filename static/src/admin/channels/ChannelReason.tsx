import { OwnWords } from "../../ui/OwnWords";
import type { Channel } from "../../wire";
import { reasonOf } from "../../words/explain";

/** Why it does not work. */
export function ChannelReason({ channel }: { channel: Channel }) {
  const { statusReason, statusCode, statusDetail } = channel;
  if (!statusReason) return null;
  return (
    <p class="channel-reason">
      {(statusCode && reasonOf(statusCode)) || statusReason} <OwnWords text={statusDetail} />
    </p>
  );
}
