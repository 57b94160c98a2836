import type { Id } from "../../wire";
import { w } from "../../words";
import { adminApi } from "../api";
import { webhooks } from "../lists";
import { Confirm } from "../ui/Confirm";

interface Props {
  id: Id;
  onMade: (secret: string) => void;
  onClose: () => void;
}

/** Asks before a webhook signs with another secret. */
export function NewSecret({ id, onMade, onClose }: Props) {
  const rotate = async () => {
    const { secret } = await adminApi.rotateWebhookSecret(id);
    onMade(secret);
    void webhooks.reload();
  };
  return (
    <Confirm
      title={w.admin.webhooks.rotateTitle}
      act={w.admin.webhooks.rotate}
      onConfirm={rotate}
      onClose={onClose}
    >
      {w.admin.webhooks.rotateText}
    </Confirm>
  );
}
