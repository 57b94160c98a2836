import { useEffect, useState } from "preact/hooks";
import { randomKey } from "../key";
import { sizeText } from "../message/media";
import { problemText } from "../notices";
import type { Media } from "../wire";
import { w } from "../words";
import { LIMITS, mediaTypeOf, upload } from "./attachment";

export interface Upload {
  key: string;
  file: File;
  /** A `blob:` address, to look at the file before it is there. */
  address: string;
  percent: number;
  media: Media | null;
  problem: string | null;
}

function begun(file: File): Upload {
  const limit = LIMITS[mediaTypeOf(file)];
  const problem = file.size > limit ? w.composer.tooBig(sizeText(limit)) : null;
  return { key: randomKey(), file, address: URL.createObjectURL(file), percent: 0, media: null, problem };
}

/** Files on their way to the server, from the moment they are chosen. */
export function useUploads(files: readonly File[]) {
  const [uploads, setUploads] = useState<readonly Upload[]>(() => files.map(begun));
  const change = (key: string, next: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...next } : one)));
  const start = ({ key, file }: Upload) => {
    change(key, { percent: 0, problem: null });
    upload(file, (percent) => change(key, { percent })).then(
      (media) => change(key, { media }),
      (thrown) => change(key, { problem: problemText(thrown) }),
    );
  };
  useEffect(() => {
    for (const one of uploads) if (!one.problem) start(one);
  }, []);
  const remove = (key: string) => setUploads((all) => all.filter((one) => one.key !== key));
  return { uploads, start, remove };
}
