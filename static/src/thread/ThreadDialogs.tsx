import { NoteDialog } from "../composer/NoteDialog";
import type { Id } from "../wire";
import { openDialog, stopAsking } from "./dialogs";
import { TransferDialog } from "./TransferDialog";

const drawn = { transfer: TransferDialog, note: NoteDialog };

export function ThreadDialogs({ conversationId }: { conversationId: Id }) {
  const open = openDialog.value;
  if (open?.conversationId !== conversationId) return null;
  const Drawn = drawn[open.dialog];
  return <Drawn conversationId={conversationId} onClose={stopAsking} />;
}
