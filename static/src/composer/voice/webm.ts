/** What a recording holds, without its container. */
export interface OpusStream {
  /** `OpusHead`, as it opens an Ogg stream too. */
  head: Uint8Array;
  packets: Uint8Array[];
}

/** Elements that only hold others: their content is read as if it lay beside them, whatever size they claim. */
const HOLDERS = new Set([0x18538067, 0x1f43b675, 0x1654ae6b, 0xae, 0xa0]);
const CODEC_PRIVATE = 0x63a2;
const SIMPLE_BLOCK = 0xa3;
const BLOCK = 0xa1;

interface Vint {
  value: number;
  end: number;
}

/** EBML's number of variable width; an id keeps the bit that marks the width. */
function vintAt(bytes: Uint8Array, at: number, keepMark: boolean): Vint {
  const first = bytes[at] ?? 0;
  const width = Math.clz32(first) - 23;
  let value = keepMark ? first : first & (0xff >> width);
  for (let next = 1; next < width; next++) value = value * 256 + (bytes[at + next] ?? 0);
  return { value, end: at + width };
}

/** After the track's number come two bytes of time and one of flags; Opus is never laced. */
function payloadOf(block: Uint8Array): Uint8Array {
  return block.subarray(vintAt(block, 0, false).end + 3);
}

/** The Opus packets of a WebM recording. Throws RangeError when it holds none. */
export function readWebm(bytes: Uint8Array): OpusStream {
  let head: Uint8Array | null = null;
  const packets: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const id = vintAt(bytes, at, true);
    const size = vintAt(bytes, id.end, false);
    const content = bytes.subarray(size.end, size.end + size.value);
    if (id.value === CODEC_PRIVATE) head = content;
    if (id.value === SIMPLE_BLOCK || id.value === BLOCK) packets.push(payloadOf(content));
    at = HOLDERS.has(id.value) ? size.end : size.end + size.value;
  }
  if (!head || packets.length === 0) throw new RangeError("no Opus in this recording");
  return { head, packets };
}
