import type { ComponentChildren } from "preact";
import { leaveToList } from "../inbox/walking";
import { Icon, type IconName } from "../ui/Icon";

interface Props {
  icon: IconName;
  title: string;
  text: string;
  children: ComponentChildren;
}

export function ComposerNotice({ icon, title, text, children }: Props) {
  return (
    <section
      class="composer composer-notice"
      aria-label={title}
      onKeyDown={(event) => event.key === "Escape" && leaveToList()}
    >
      <Icon name={icon} size={20} />
      <p>
        <strong>{title}</strong>
        <span>{text}</span>
      </p>
      {children}
    </section>
  );
}
