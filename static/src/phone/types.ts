/** What the simulator's control API sends; see server/channels/simulator/control. */

export interface SimulatedNumber {
  phoneNumberId: string;
  displayPhoneNumber: string;
  name: string;
  wabaId: string;
  appId: string;
  accessToken: string;
  appSecret: string;
  verifyToken: string;
  subscribed: boolean;
  callbackUrl: string | null;
  tokenValid: boolean;
  settings: { latency: number };
}

export interface Customer {
  key: string;
  phone: string | null;
  userId: string;
  name: string;
  username: string | null;
  online: boolean;
  onWhatsApp: boolean;
  blocksBusiness: boolean;
  wantsMarketing: boolean;
  windowOpen: boolean;
  typing: boolean;
  lastMessage: Message | null;
  unread: number;
}

export type Sender = "customer" | "business";

export interface Message {
  wamid: string;
  sender: Sender;
  type: string;
  /** Of a type without an object of its own (a poll) there is none. */
  content?: Content;
  at: number;
  status: "accepted" | "sent" | "delivered" | "read" | "played" | "failed";
  context?: { id?: string; message_id?: string };
  drawn?: Drawn;
  reactions?: Partial<Record<Sender, string>>;
  failure?: { code: number; title: string };
  referral?: Referral;
  edited?: boolean;
  revoked?: boolean;
  /** The customer had blocked the business: it never arrives. */
  lost?: boolean;
}

/** The ad that the customer answers. */
export interface Referral {
  headline?: string;
  body?: string;
}

export interface MediaContent {
  id?: string;
  link?: string;
  caption?: string;
  filename?: string;
  voice?: boolean;
}

export interface Header {
  type: string;
  text?: string;
  image?: MediaContent;
  video?: MediaContent;
  document?: MediaContent;
  location?: Content;
}

export interface Row {
  id: string;
  title: string;
  description?: string;
}

export interface Action {
  button?: string;
  buttons?: { reply: { id: string; title: string } }[];
  sections?: { title?: string; rows: Row[] }[];
  parameters?: { display_text?: string; url?: string; flow_cta?: string };
}

export interface Product {
  product_retailer_id: string;
  quantity: number;
  item_price: number;
  currency: string;
}

export interface Card {
  name: { formatted_name: string };
  phones?: { phone?: string }[];
}

/** The union of what the types carry; which members are there depends on the type. */
export interface Content extends MediaContent {
  body?: string | { text: string };
  latitude?: number | string;
  longitude?: number | string;
  name?: string;
  address?: string;
  message_id?: string;
  emoji?: string;
  type?: string;
  header?: Header;
  footer?: { text: string };
  action?: Action;
  text?: string;
  wa_id?: string;
  product_items?: Product[];
  button_reply?: Row;
  list_reply?: Row;
}

export interface Drawn {
  header?: Header;
  body?: string;
  footer?: string;
  buttons?: DrawnButton[];
}

export interface DrawnButton {
  type: string;
  text: string;
  id: string;
  url?: string;
  phone?: string;
}

export interface Fault {
  id: string;
  kind: string;
  operation: string;
  code?: number;
  phoneNumberId: string | null;
  fired: number;
}
