import { w } from "../../words";

export interface ChannelField {
  name: "phoneNumberId" | "wabaId" | "accessToken" | "appSecret";
  hint?: string;
  isSecret?: boolean;
}

/** What a person has written so far, by field. */
export type Typed = Readonly<Record<string, string>>;

/** What Meta shows, in the order in which it shows it. */
export const FROM_META: readonly ChannelField[] = [
  { name: "phoneNumberId", hint: w.channels.phoneNumberIdHint },
  { name: "wabaId", hint: w.admin.channels.wabaIdHint },
  { name: "accessToken", hint: w.channels.accessTokenHint, isSecret: true },
  { name: "appSecret", hint: w.channels.appSecretHint, isSecret: true },
];
export const SECRETS = FROM_META.filter(({ isSecret }) => isSecret);
