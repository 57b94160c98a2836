import { sizeText } from "../message/media";
import { FormProblem } from "../ui/FormProblem";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import { LIMITS, mayHaveCaption, mediaTypeOf } from "./attachment";
import type { Upload } from "./uploads";

function Look({ file, address }: Pick<Upload, "file" | "address">) {
  if (file.type.startsWith("image/")) return <img class="upload-picture" src={address} alt={file.name} />;
  return (
    <div class="upload-file">
      <Icon name={file.type.startsWith("audio/") ? "microphone" : "document"} size={26} />
      <strong>{file.name}</strong>
      <span>{sizeText(file.size)}</span>
    </div>
  );
}

interface Props {
  one: Upload;
  onRetry: () => void;
  /** Null for the only one: closing the dialog says the same. */
  onRemove: (() => void) | null;
  /** Whether something may be said with it. */
  isCaptioned?: boolean;
}

/** A file before it goes: how it looks, how far it has got, and what is said with it. */
export function UploadCard({ one, onRetry, onRemove, isCaptioned = true }: Props) {
  const { file, media, problem, percent } = one;
  const type = mediaTypeOf(file);
  return (
    <li class="upload">
      <Look {...one} />
      {onRemove && (
        <button
          type="button"
          class="icon-button upload-remove"
          aria-label={w.composing.files.remove(file.name)}
          onClick={onRemove}
        >
          <Icon name="cross" size={16} />
        </button>
      )}
      <FormProblem text={problem} />
      {problem && file.size <= LIMITS[type] && (
        <button type="button" class="link-button" onClick={onRetry}>
          {w.tryAgain}
        </button>
      )}
      {!media && !problem && (
        <progress value={percent} max={100} aria-label={w.composer.uploading(percent)} />
      )}
      {isCaptioned && mayHaveCaption(type) && !problem && (
        <input
          class="input"
          name={one.key}
          maxLength={1024}
          placeholder={w.composer.caption}
          aria-label={onRemove ? w.composing.files.captionOf(file.name) : w.composer.caption}
        />
      )}
    </li>
  );
}
