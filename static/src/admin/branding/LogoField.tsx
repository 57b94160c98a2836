import { useId } from "preact/hooks";
import { upload } from "../../composer/attachment";
import { useMedia } from "../../message/useMedia";
import { attempt, notify } from "../../notices";
import { Icon } from "../../ui/Icon";
import type { Id } from "../../wire";
import { w } from "../../words";

interface Props {
  mediaId: Id | null;
  onUploading: (isUploading: boolean) => void;
  onChange: (mediaId: Id | null) => void;
}

const MOST_BYTES = 1_000_000;

export function LogoField({ mediaId, onUploading, onChange }: Props) {
  const id = useId();
  const { address, hasFailed } = useMedia(mediaId && `/api/media/${mediaId}`);
  const choose = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > MOST_BYTES) return notify("bad", w.admin.branding.tooBig);
    onUploading(true);
    await attempt(async () => onChange((await upload(file, () => undefined)).id));
    onUploading(false);
  };
  return (
    <div class="logo-field">
      <div class="logo-shown">
        {mediaId && address ? (
          <img src={address} alt={w.admin.branding.logo} />
        ) : (
          <Icon name={hasFailed && mediaId ? "alert" : "image"} size={26} />
        )}
      </div>
      <div class="logo-acts">
        <label class="button" for={id}>
          {mediaId ? w.admin.branding.changeLogo : w.admin.branding.chooseLogo}
        </label>
        <input
          id={id}
          class="visually-hidden"
          type="file"
          accept="image/png,image/jpeg"
          onChange={({ currentTarget }) => {
            void choose(currentTarget.files?.[0]);
            currentTarget.value = "";
          }}
        />
        {mediaId && (
          <button type="button" class="button button-quiet" onClick={() => onChange(null)}>
            {w.admin.branding.removeLogo}
          </button>
        )}
      </div>
    </div>
  );
}
