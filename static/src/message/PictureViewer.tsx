import { Dialog } from "../ui/Dialog";
import { w } from "../words";

interface Props {
  address: string;
  caption: string;
  onClose: () => void;
}

export function PictureViewer({ address, caption, onClose }: Props) {
  return (
    <Dialog title={w.message.image} onClose={onClose} wide>
      <figure class="viewer">
        <img src={address} alt={caption || w.message.image} />
        {caption && <figcaption>{caption}</figcaption>}
      </figure>
    </Dialog>
  );
}
