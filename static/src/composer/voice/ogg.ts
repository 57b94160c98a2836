import type { OpusStream } from "./webm";

// RFC 3533 (Ogg) and RFC 7845 (Opus in Ogg): the only container in which WhatsApp takes a voice message.

const BEGINS = 2;
const ENDS = 4;
const PACKETS_A_PAGE = 40;
/** Of the longest frame there is, and of six in a packet: 40 of those are still one page's 255 segments. */
const MAX_PACKET = 255 * 5;

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24;
  for (let bit = 0; bit < 8; bit++) rest = (rest << 1) ^ (rest < 0 ? 0x04c11db7 : 0);
  return rest;
});

function checksum(bytes: Uint8Array): number {
  return bytes.reduce((crc, byte) => ((crc << 8) ^ (CRC[(crc >>> 24) ^ byte] ?? 0)) >>> 0, 0);
}

/** Samples at 48 kHz in a packet, by its first byte. */
export function samplesIn(packet: Uint8Array): number {
  const first = packet[0] ?? 0;
  const shape = first >> 3;
  const frames = [1, 2, 2, (packet[1] ?? 0) & 63][first & 3] ?? 1;
  if (shape >= 16) return frames * (120 << (shape & 3));
  if (shape >= 12) return frames * (480 << (shape & 1));
  return frames * ([480, 960, 1920, 2880][shape & 3] ?? 0);
}

/** A packet's length in segments of 255, the last one shorter, be it empty. */
function segmentsOf({ length }: Uint8Array): number[] {
  return [...Array<number>(Math.floor(length / 255)).fill(255), length % 255];
}

interface Page {
  packets: readonly Uint8Array[];
  flags: number;
  number: number;
  /** Samples played when this page has been. */
  samples: number;
}

function pageOf({ packets, flags, number, samples }: Page): Uint8Array<ArrayBuffer> {
  const segments = packets.flatMap(segmentsOf);
  const start = 27 + segments.length;
  const bytes = new Uint8Array(start + packets.reduce((sum, packet) => sum + packet.length, 0));
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("OggS"));
  bytes[5] = flags;
  view.setBigUint64(6, BigInt(samples), true);
  view.setUint32(14, 1, true);
  view.setUint32(18, number, true);
  bytes[26] = segments.length;
  bytes.set(segments, 27);
  let at = start;
  for (const packet of packets) {
    bytes.set(packet, at);
    at += packet.length;
  }
  view.setUint32(22, checksum(bytes), true);
  return bytes;
}

/** `OpusTags` of a stream that says nothing of itself. */
const tags = () => new TextEncoder().encode("OpusTags\x06\0\0\0balcao\0\0\0\0");

/** The same sound in the container that WhatsApp takes; nothing is encoded anew. */
export function writeOgg({ head, packets }: OpusStream): Uint8Array<ArrayBuffer>[] {
  if (packets.some(({ length }) => length > MAX_PACKET)) throw new RangeError("an Opus packet is too long");
  const pages = [
    pageOf({ packets: [head], flags: BEGINS, number: 0, samples: 0 }),
    pageOf({ packets: [tags()], flags: 0, number: 1, samples: 0 }),
  ];
  let samples = 0;
  for (let at = 0; at < packets.length; at += PACKETS_A_PAGE) {
    const here = packets.slice(at, at + PACKETS_A_PAGE);
    samples += here.reduce((sum, packet) => sum + samplesIn(packet), 0);
    const flags = at + PACKETS_A_PAGE >= packets.length ? ENDS : 0;
    pages.push(pageOf({ packets: here, flags, number: pages.length, samples }));
  }
  return pages;
}
