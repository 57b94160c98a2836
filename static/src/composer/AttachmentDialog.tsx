import { keepMedia } from "../message/media";
import { sendDraft } from "../thread/sending";
import { Dialog } from "../ui/Dialog";
import type { Id, Media } from "../wire";
import { w } from "../words";
import { takeReply } from "./replying";
import { UploadCard } from "./UploadCard";
import { type Upload, useUploads } from "./uploads";

interface Props {
  conversationId: Id;
  files: readonly File[];
  onClose: () => void;
}

type Uploaded = Upload & { media: Media };

function sendFile(conversationId: Id, { file, media, address }: Uploaded, caption: string): void {
  keepMedia(`/api/media/${media.id}`, Promise.resolve(address));
  // The server has looked inside: its word on what this is decides how WhatsApp carries it.
  const type = media.kind;
  const metadata = {
    ...(caption ? { caption } : {}),
    ...(type === "DOCUMENT" ? { filename: file.name } : {}),
  };
  const message = { type, mediaId: media.id, metadata, ...takeReply(conversationId) };
  void sendDraft(conversationId, { kind: "message", message });
}

/** Shows files before they go, while they are already being uploaded. */
export function AttachmentDialog({ conversationId, files, onClose }: Props) {
  const { uploads, start, remove } = useUploads(files);
  const sound = uploads.filter((one) => !one.problem);
  const ready = sound.filter((one): one is Uploaded => one.media !== null);
  const isReady = ready.length > 0 && ready.length === sound.length;

  const send = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const captions = new FormData(event.currentTarget as HTMLFormElement);
    for (const one of ready) sendFile(conversationId, one, String(captions.get(one.key) ?? "").trim());
    onClose();
  };

  return (
    <Dialog title={w.composing.files.title(uploads.length)} onClose={onClose}>
      <form class="form dialog-body uploads-form" onSubmit={send}>
        <ul class={uploads.length > 1 ? "uploads uploads-many" : "uploads"}>
          {uploads.map((one) => (
            <UploadCard
              key={one.key}
              one={one}
              onRetry={() => start(one)}
              onRemove={uploads.length > 1 ? () => remove(one.key) : null}
            />
          ))}
        </ul>
        <div class="form-acts">
          <button type="button" class="button" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={!isReady}>
            {w.send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
