import { useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { number } from "./state";
import type { SimulatedNumber } from "./types";
import { w } from "./words";

/** Whether Balcão listens to this number, and the values with which it is connected. */
export function NumberCard() {
  const chosen = number.value;
  if (!chosen) return null;
  const listening = chosen.subscribed && chosen.callbackUrl;
  return (
    <div class="number-card">
      <p class="number-phone">{chosen.displayPhoneNumber}</p>
      <p class={`listening ${listening ? "yes" : "no"}`}>
        <i />
        {listening ? w.number.connected(new URL(chosen.callbackUrl ?? "").host) : w.number.notConnected}
      </p>
      <details open={!listening}>
        <summary>
          {w.number.values} <Icon name="chevron" size={16} />
        </summary>
        <dl>
          {values(chosen).map(([label, value]) => (
            <Value key={label} label={label} value={value} />
          ))}
        </dl>
      </details>
    </div>
  );
}

const values = (chosen: SimulatedNumber): [string, string][] => [
  ["Phone Number ID", chosen.phoneNumberId],
  ["WABA ID", chosen.wabaId],
  ["Access token", chosen.accessToken],
  ["App secret", chosen.appSecret],
  ["Verify token", chosen.verifyToken],
];

function Value({ label, value }: { label: string; value: string }) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  }
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <code>{value}</code>
        <button type="button" aria-label={w.number.copy(label)} onClick={() => void copy()}>
          <Icon name={copied ? "check" : "copy"} size={15} />
        </button>
      </dd>
    </div>
  );
}
