const isMac = () => navigator.platform.startsWith("Mac");

/** "mod+k" as it stands on the keyboard of whoever reads. */
export function Key({ name }: { name: string }) {
  const parts = name.split("+").map((part) => (part === "mod" ? (isMac() ? "⌘" : "Ctrl") : part));
  return (
    <span class="keys">
      {parts.map((part) => (
        <kbd key={part}>{part.length === 1 ? part.toUpperCase() : part}</kbd>
      ))}
    </span>
  );
}
