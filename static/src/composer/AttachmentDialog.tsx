import { useEffect, useMemo, useState } from "preact/hooks";
import { keepMedia, sizeText } from "../message/media";
import { problemText } from "../notices";
import { sendDraft } from "../thread/sending";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { FormProblem } from "../ui/FormProblem";
import { Icon } from "../ui/Icon";
import type { Id, Media } from "../wire";
import { w } from "../words";
import { LIMITS, mayHaveCaption, mediaTypeOf, upload } from "./attachment";

interface Props {
  conversationId: Id;
  file: File;
  onClose: () => void;
}

function useUpload(file: File, isAllowed: boolean) {
  const [percent, setPercent] = useState(0);
  const [media, setMedia] = useState<Media | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!isAllowed) return;
    upload(file, setPercent).then(setMedia, (thrown) => setProblem(problemText(thrown)));
  }, [file, isAllowed]);
  return { percent, media, problem };
}

function FilePreview({ file, address }: { file: File; address: string }) {
  if (file.type.startsWith("image/")) return <img class="attachment-picture" src={address} alt={file.name} />;
  return (
    <div class="attachment-file">
      <Icon name="document" size={28} />
      <strong>{file.name}</strong>
      <span>{sizeText(file.size)}</span>
    </div>
  );
}

/** Shows a file before it goes, while it is already being uploaded. */
export function AttachmentDialog({ conversationId, file, onClose }: Props) {
  const type = mediaTypeOf(file);
  const isTooBig = file.size > LIMITS[type];
  const address = useMemo(() => URL.createObjectURL(file), [file]);
  const { percent, media, problem } = useUpload(file, !isTooBig);
  const refused = isTooBig ? w.composer.tooBig(sizeText(LIMITS[type])) : problem;

  const send = (event: SubmitEvent) => {
    event.preventDefault();
    if (!media) return;
    const caption = String(new FormData(event.currentTarget as HTMLFormElement).get("caption") ?? "").trim();
    keepMedia(`/api/media/${media.id}`, Promise.resolve(address));
    const metadata = {
      ...(caption ? { caption } : {}),
      ...(type === "DOCUMENT" ? { filename: file.name } : {}),
    };
    void sendDraft(conversationId, { kind: "message", message: { type, mediaId: media.id, metadata } });
    onClose();
  };

  return (
    <Dialog title={w.message[type.toLowerCase() as "image"]} onClose={onClose}>
      <form class="form dialog-body" onSubmit={send}>
        <FilePreview file={file} address={address} />
        <FormProblem text={refused} />
        {mayHaveCaption(type) && (
          <Field label={w.composer.caption}>
            {(control) => <input {...control} class="input" name="caption" maxLength={1024} />}
          </Field>
        )}
        {!media && !refused && (
          <progress value={percent} max={100} aria-label={w.composer.uploading(percent)} />
        )}
        <div class="form-acts">
          <button type="button" class="button" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={!media}>
            {w.send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
