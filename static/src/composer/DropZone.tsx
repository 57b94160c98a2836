import { useEffect, useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { w } from "../words";

const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files") ?? false;

/** Files may be let go anywhere in the window: dropped beside a box, they would replace the console. */
export function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!holdsFiles(event) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!event.relatedTarget) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (!holdsFiles(event) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      if (files.length > 0) onFiles(files);
    };
    const listening = new AbortController();
    const { signal } = listening;
    window.addEventListener("dragover", over, { signal });
    window.addEventListener("dragleave", leave, { signal });
    window.addEventListener("drop", drop, { signal });
    return () => listening.abort();
  }, [onFiles]);
  if (!isOver) return null;
  return (
    <div class="drop-zone">
      <Icon name="clip" size={30} />
      <strong>{w.composing.files.drop}</strong>
      <span>{w.composing.files.dropHint}</span>
    </div>
  );
}
