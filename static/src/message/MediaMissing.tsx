import { Icon } from "../ui/Icon";

export function MediaMissing({ text, link }: { text: string; link?: string }) {
  return (
    <p class="media-missing">
      <Icon name={link ? "link" : "image"} />
      {link ? (
        <a href={link} target="_blank" rel="noopener noreferrer">
          {text}
        </a>
      ) : (
        text
      )}
    </p>
  );
}
