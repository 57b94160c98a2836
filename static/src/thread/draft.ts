import { api, type NewMessage, type SendOptions } from "../api";
import type { Id, ListSection, Message, Metadata, ReplyButton } from "../wire";

/** Something to send, before it is a message. */
export type Draft =
  | { kind: "message"; message: NewMessage }
  | { kind: "buttons"; bodyText: string; buttons: ReplyButton[]; headerText?: string; footerText?: string }
  | { kind: "list"; bodyText: string; buttonText: string; sections: ListSection[] }
  | { kind: "template"; templateName: string; parameters: string[]; languageCode: string; preview: string };

interface Look {
  type: string;
  content: string;
  metadata: Metadata | null;
  replyToId: Id | null;
}

/** How a draft looks as a message until the server's own answer takes its place. */
export function lookOf(draft: Draft): Look {
  switch (draft.kind) {
    case "message": {
      const { type, content = "", metadata = null, mediaId, replyToId = null } = draft.message;
      return { type, content, metadata: mediaId ? { ...metadata, mediaId } : metadata, replyToId };
    }
    case "buttons": {
      const { kind: _, bodyText, ...rest } = draft;
      const metadata = { interactiveType: "button", ...rest };
      return { type: "INTERACTIVE", content: bodyText, metadata, replyToId: null };
    }
    case "list": {
      const { kind: _, bodyText, ...rest } = draft;
      return {
        type: "INTERACTIVE",
        content: bodyText,
        metadata: { interactiveType: "list", ...rest },
        replyToId: null,
      };
    }
    case "template": {
      const { kind: _, preview, ...rest } = draft;
      return { type: "TEMPLATE", content: preview, metadata: { ...rest, body: preview }, replyToId: null };
    }
  }
}

export function post(conversationId: Id, draft: Draft, options: SendOptions): Promise<Message> {
  const key = options.clientMessageId;
  switch (draft.kind) {
    case "message":
      return api.send(conversationId, draft.message, options);
    case "buttons": {
      const { kind: _, ...body } = draft;
      return api.sendButtons({ conversationId, ...body }, key);
    }
    case "list": {
      const { kind: _, ...body } = draft;
      return api.sendList({ conversationId, ...body }, key);
    }
    case "template": {
      const { kind: _, preview: __, ...body } = draft;
      return api.sendTemplate({ conversationId, ...body }, key);
    }
  }
}
