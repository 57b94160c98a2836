type Listener = (name: string, payload: unknown) => void;

const listeners = new Set<Listener>();

/** Calls `listener` with whatever the server tells from now on, after it has been applied; the answer stops that. */
export function onHeard(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellListeners(name: string, payload: unknown): void {
  for (const listener of listeners) listener(name, payload);
}
