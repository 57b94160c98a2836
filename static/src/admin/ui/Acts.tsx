import type { ComponentChildren } from "preact";
import { Icon } from "../../ui/Icon";
import { Menu } from "../../ui/Menu";
import { w } from "../../words";

/** The menu at the end of a row. */
export function Acts({ of, children }: { of: string; children: ComponentChildren }) {
  return (
    <Menu label={w.admin.actsOf(of)} trigger={<Icon name="more" />}>
      {children}
    </Menu>
  );
}
