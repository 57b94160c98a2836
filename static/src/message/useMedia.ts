import { useEffect, useState } from "preact/hooks";
import { loadMedia } from "./media";

interface Loaded {
  address: string | null;
  hasFailed: boolean;
}

/** Loads a file of this server while `isWanted`. */
export function useMedia(path: string | null, isWanted = true): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ address: null, hasFailed: false });
  useEffect(() => {
    if (!path || !isWanted) return;
    let isCurrent = true;
    const show = (next: Loaded) => isCurrent && setLoaded(next);
    loadMedia(path).then(
      (address) => show({ address, hasFailed: false }),
      () => show({ address: null, hasFailed: true }),
    );
    return () => {
      isCurrent = false;
    };
  }, [path, isWanted]);
  return loaded;
}
