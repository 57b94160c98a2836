// What the console calls the shapes that the server describes; `api/schema.ts` is made of the server's own document.
import type {
  AlarmOut,
  AssigneeOut,
  AssignmentOut,
  ButtonIn,
  CannedResponseOut,
  ChannelOut,
  CheckOut,
  ContactInConversation,
  ConversationDetails,
  ConversationRow,
  MessageOut,
  PresenceOut,
  Reason,
  Routes,
  RowIn,
  SectionIn,
  Share,
  Shares,
  SignedInOut,
  TagBrief,
  TeamOut,
  TemplateOut,
  TransferOut,
  UserOut,
} from "./api/schema";

export type { ConversationStatus, Direction, Permission, Presence, Priority, Role } from "./api/schema";

export type Id = string;
/** ISO-8601 in UTC with milliseconds and `Z`. */
export type Instant = string;

export type SignedIn = SignedInOut;
/** A colleague who may be given conversations, and how many he has. */
export type Person = UserOut;
export type Assignee = AssigneeOut;
export type PersonPresence = PresenceOut;
export type Team = TeamOut;
export type Tag = TagBrief;

/** A list's row knows less of the contact than the conversation by itself. */
export type Contact = ConversationRow["contact"] & Partial<ContactInConversation>;
/** As a list's row says it, and, once it was read by itself, through whose hands it has gone. */
export type Conversation = Omit<ConversationRow, "contact"> &
  Partial<Pick<ConversationDetails, "assignments" | "transfers">> & { contact: Contact };
export type Assignment = AssignmentOut;
export type AssignmentReason = Reason;
export type Transfer = TransferOut;
export type ConversationPage = Routes["GET /api/conversations"]["answer"];
export type Counts = Shares;
export type Count = Share;

export type Message = MessageOut;
export type Metadata = Readonly<NonNullable<MessageOut["metadata"]>>;
export type MessagePage = Routes["GET /api/conversations/{conversationId}/messages"]["answer"];

export type CannedResponse = CannedResponseOut;
export type Media = Routes["POST /api/media"]["answer"];
export type Channel = ChannelOut;
export type ChannelCheck = CheckOut;
export type Alarm = AlarmOut;
export type ReplyButton = ButtonIn;
export type ListRow = RowIn;
export type ListSection = SectionIn;
export type Template = TemplateOut;
