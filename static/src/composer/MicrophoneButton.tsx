import { Icon } from "../ui/Icon";
import { w } from "../words";

export function MicrophoneButton({ onClick }: { onClick: () => void }) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={w.composing.voice.record}
      title={w.composing.voice.record}
      onClick={onClick}
    >
      <Icon name="microphone" size={20} />
    </button>
  );
}
