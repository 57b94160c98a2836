import {
  api,
  type NewButtons,
  type NewList,
  type NewMessage,
  type NewTemplate,
  type SendOptions,
} from "../api";
import type { Id, Message, Metadata } from "../wire";

/** Something to send, before it is a message. */
export type Draft =
  | { kind: "message"; message: NewMessage }
  | { kind: "buttons"; message: NewButtons }
  | { kind: "list"; message: NewList }
  | { kind: "template"; message: NewTemplate; preview: string };

type Look = Pick<Message, "type" | "content" | "metadata" | "replyToId">;

/** How a draft looks as a message until the server's own answer takes its place. */
export function lookOf(draft: Draft): Look {
  switch (draft.kind) {
    case "message": {
      const { type = "TEXT", content = "", metadata = null, mediaId, replyToId = null } = draft.message;
      return { type, content, metadata: mediaId ? { ...metadata, mediaId } : metadata, replyToId };
    }
    case "buttons": {
      const { bodyText, ...rest } = draft.message;
      return interactive(bodyText, { interactiveType: "button", ...rest });
    }
    case "list": {
      const { bodyText, ...rest } = draft.message;
      return interactive(bodyText, { interactiveType: "list", ...rest });
    }
    case "template":
      return { type: "TEMPLATE", content: draft.preview, metadata: { ...draft.message }, replyToId: null };
  }
}

function interactive(content: string, metadata: Metadata): Look {
  return { type: "INTERACTIVE", content, metadata, replyToId: null };
}

export function post(conversationId: Id, draft: Draft, options: SendOptions): Promise<Message> {
  switch (draft.kind) {
    case "message":
      return api.send(conversationId, draft.message, options);
    case "buttons":
      return api.sendButtons(conversationId, draft.message, options);
    case "list":
      return api.sendList(conversationId, draft.message, options);
    case "template":
      return api.sendTemplate(conversationId, draft.message, options);
  }
}
