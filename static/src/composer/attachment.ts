import { Problem } from "../api";
import { authorisation, refreshSession } from "../api/request";
import { session } from "../session";
import type { Media } from "../wire";

export type MediaType = "IMAGE" | "VIDEO" | "AUDIO" | "DOCUMENT" | "STICKER";

const MB = 1_000_000;

/** WhatsApp's own limits, in bytes. */
export const LIMITS: Record<MediaType, number> = {
  IMAGE: 5 * MB,
  VIDEO: 16 * MB,
  AUDIO: 16 * MB,
  DOCUMENT: 100 * MB,
  STICKER: MB / 2,
};

const ACCEPTED: [MediaType, RegExp][] = [
  ["IMAGE", /^image\/(jpeg|png)$/],
  ["STICKER", /^image\/webp$/],
  ["VIDEO", /^video\/(mp4|3gpp)$/],
  ["AUDIO", /^audio\/(aac|mp4|mpeg|amr|ogg)$/],
];

/** How WhatsApp takes a file: what it cannot show, it carries as a document. */
export function mediaTypeOf(file: Pick<File, "type">): MediaType {
  return ACCEPTED.find(([, accepted]) => accepted.test(file.type))?.[0] ?? "DOCUMENT";
}

/** What the file chooser offers; the server has the last word on each file. */
export const OFFERED = "image/*,video/*,audio/*,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt";

export const mayHaveCaption = (type: MediaType) => type !== "AUDIO" && type !== "STICKER";

/** Uploads a file, telling the percentage as it goes. */
export async function upload(file: File, onProgress: (percent: number) => void): Promise<Media> {
  const token = session.value?.token;
  const answer = await post(file, onProgress);
  if (answer.status !== 401 || !token) return mediaIn(answer);
  await refreshSession(token);
  return mediaIn(await post(file, onProgress));
}

function mediaIn({ status, response }: XMLHttpRequest): Media {
  if (status >= 300) throw new Problem(status, response ?? {});
  return response as Media;
}

/** `fetch` cannot tell how far an upload has got. */
function post(file: File, onProgress: (percent: number) => void): Promise<XMLHttpRequest> {
  const body = new FormData();
  body.append("file", file, file.name);
  const sending = new XMLHttpRequest();
  sending.open("POST", "/api/media");
  sending.responseType = "json";
  for (const [name, value] of Object.entries(authorisation())) sending.setRequestHeader(name, value);
  return new Promise((resolve, reject) => {
    sending.upload.onprogress = ({ loaded, total }) => onProgress(Math.round((loaded / total) * 100));
    sending.onerror = () => reject(new Problem(0, {}));
    sending.onload = () => resolve(sending);
    sending.send(body);
  });
}
