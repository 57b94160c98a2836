import type { Channel } from "../../wire";
import { adminApi } from "../api";
import type { NewChannel } from "../wire";

/** The channel that there is now, and what it was made of. */
export interface Made {
  channel: Channel;
  draft: NewChannel;
}

const isSameNumber = (one: NewChannel, other: NewChannel) =>
  one.phoneNumberId === other.phoneNumberId && one.wabaId === other.wabaId;

/** One channel, however often one goes back: its keys are changed, and a mistyped number makes way for the right one. */
export async function connect(draft: NewChannel, made: Made | null, onGone: () => void): Promise<Made> {
  if (made && isSameNumber(made.draft, draft)) return { channel: await change(made, draft), draft };
  if (made) {
    await adminApi.removeChannel(made.channel.id);
    onGone();
  }
  return { channel: await adminApi.connectChannel(draft), draft };
}

async function change({ channel, draft: before }: Made, draft: NewChannel): Promise<Channel> {
  const fields = ["name", "accessToken", "appSecret"] as const;
  const changed = fields.filter((field) => draft[field] !== before[field]);
  if (changed.length === 0) return channel;
  return adminApi.changeChannel(
    channel.id,
    Object.fromEntries(changed.map((field) => [field, draft[field]])),
  );
}
