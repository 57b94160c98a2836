import { useEffect, useRef, useState } from "preact/hooks";
import { keepMedia } from "../message/media";
import { Field } from "../ui/Field";
import { Icon } from "../ui/Icon";
import type { Media } from "../wire";
import { w } from "../words";
import { mediaTypeOf } from "./attachment";
import { FilePicker } from "./FilePicker";
import type { Filling, HeaderMedia } from "./template-text";
import { UploadCard } from "./UploadCard";
import { useUploads } from "./uploads";

const OFFERED: Record<HeaderMedia, string> = {
  IMAGE: "image/jpeg,image/png",
  VIDEO: "video/mp4,video/3gpp",
  DOCUMENT: ".pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt",
};

interface AttachedProps {
  file: File;
  onReady: (media: Media) => void;
  onRemove: () => void;
}

function Attached({ file, onReady, onRemove }: AttachedProps) {
  const { uploads, start } = useUploads([file]);
  const [one] = uploads;
  useEffect(() => {
    if (!one?.media) return;
    keepMedia(one.media.url, Promise.resolve(one.address));
    onReady(one.media);
  }, [one?.media]);
  if (!one) return null;
  return (
    <ul class="uploads uploads-many">
      <UploadCard one={one} isCaptioned={false} onRetry={() => start(one)} onRemove={onRemove} />
    </ul>
  );
}

interface Props {
  kind: HeaderMedia;
  filling: Filling;
  onFill: (change: Pick<Filling, "header" | "file">) => void;
}

/** The file above a template's text: one that is attached, or the address of one that WhatsApp fetches itself. */
export function HeaderFile({ kind, filling, onFill }: Props) {
  const words = w.composing.template;
  const picker = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<File | null>(null);
  const [isWrong, setWrong] = useState(false);
  const attach = ([file]: readonly File[]) => {
    if (!file) return;
    setWrong(mediaTypeOf(file) !== kind);
    if (mediaTypeOf(file) === kind) setChosen(file);
  };
  const remove = () => {
    setChosen(null);
    onFill({ header: "", file: null });
  };
  if (chosen) {
    return (
      <fieldset class="field header-attached">
        <legend class="field-head">{words.media[kind]}</legend>
        <Attached file={chosen} onReady={(file) => onFill({ header: "", file })} onRemove={remove} />
      </fieldset>
    );
  }
  return (
    <Field
      label={words.media[kind]}
      hint={words.mediaHint}
      {...(isWrong ? { problem: words.wrongMedia } : {})}
    >
      {(control) => (
        <div class="header-file">
          <button type="button" class="button" onClick={() => picker.current?.click()}>
            <Icon name="clip" size={16} />
            {w.composer.attach}
          </button>
          <input
            {...control}
            class="input"
            inputMode="url"
            pattern="https://.+"
            placeholder={words.mediaAddress}
            value={filling.header}
            onInput={(event) => onFill({ header: event.currentTarget.value, file: null })}
            required
          />
          <FilePicker
            picker={picker}
            label={words.media[kind]}
            accept={OFFERED[kind]}
            isSingle
            onFiles={attach}
          />
        </div>
      )}
    </Field>
  );
}
