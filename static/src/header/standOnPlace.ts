/** Whoever comes to a page by its name stands on that name, from where Tab leads into the page. */
export function standOnPlace(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(".places [aria-current=page]")?.focus());
}
