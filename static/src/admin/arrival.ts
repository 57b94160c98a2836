let isFromNav = false;

/** Someone has chosen a page from the side: what is read next is its heading. */
export function noteNavigation(): void {
  isFromNav = true;
}

/** True once after each such choice. */
export function cameFromNav(): boolean {
  const came = isFromNav;
  isFromNav = false;
  return came;
}
