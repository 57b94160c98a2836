import { attempt } from "../notices";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import { loadMedia, type ShownMedia, sizeText } from "./media";

async function download(path: string, name: string): Promise<void> {
  const link = document.createElement("a");
  link.href = await loadMedia(path);
  link.download = name;
  link.click();
}

function kindOf({ mimeType, fileName }: ShownMedia): string {
  const ending = fileName?.includes(".") ? fileName.split(".").at(-1) : mimeType.split("/").at(-1);
  return (ending ?? "").toUpperCase().slice(0, 5);
}

export function DocumentBody({ media, path }: { media: ShownMedia; path: string }) {
  const name = media.fileName ?? w.message.document;
  const size = media.size === null ? [] : [sizeText(media.size)];
  return (
    <button
      type="button"
      class="file"
      aria-label={w.message.download(name)}
      onClick={() => attempt(() => download(path, name))}
    >
      <span class="file-icon">
        <Icon name="document" size={22} />
      </span>
      <span class="file-name">{name}</span>
      <span class="file-kind">{[kindOf(media), ...size].filter(Boolean).join(" · ")}</span>
      <Icon name="download" />
    </button>
  );
}
