const modifiers = (): Record<string, string> => ({
  mod: isMac() ? "⌘" : "Ctrl",
  alt: isMac() ? "⌥" : "Alt",
  shift: "Shift",
  Escape: "Esc",
  ArrowDown: "↓",
  ArrowUp: "↑",
});
const isMac = () => navigator.platform.startsWith("Mac");

/** "mod+k" as it stands on the keyboard of whoever reads. */
export function Key({ name }: { name: string }) {
  const parts = name.split("+").map((part) => modifiers()[part] ?? part);
  return (
    <span class="keys">
      {parts.map((part) => (
        <kbd key={part}>{part.length === 1 ? part.toUpperCase() : part}</kbd>
      ))}
    </span>
  );
}
