import mark from "../styles/balcao.svg";
import { w } from "../words";

export function Brand() {
  return (
    <span class="brand">
      <img src={mark} alt="" width="26" height="26" />
      <span>{w.product}</span>
    </span>
  );
}
