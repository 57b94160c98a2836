import { NoteDialog } from "../composer/NoteDialog";
import type { Id } from "../wire";
import { CloseDialog } from "./CloseDialog";
import { openDialog, stopAsking } from "./dialogs";
import { SnoozeDialog } from "./SnoozeDialog";
import { TransferDialog } from "./TransferDialog";

const drawn = { transfer: TransferDialog, note: NoteDialog, snooze: SnoozeDialog, close: CloseDialog };

export function ThreadDialogs({ conversationId }: { conversationId: Id }) {
  const open = openDialog.value;
  if (open?.conversationId !== conversationId) return null;
  const Drawn = drawn[open.dialog];
  return <Drawn conversationId={conversationId} onClose={stopAsking} />;
}
