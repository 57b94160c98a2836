export interface Point {
  latitude: number;
  longitude: number;
}

const NUMBER = "(-?\\d{1,3}(?:\\.\\d+)?)";
const PAIR = `${NUMBER}(?:,|%2C)\\s*\\+?${NUMBER}`;

/** From the most exact to the least: a place's own point before the middle of the map it is shown on. */
const FORMS = [
  `!3d${NUMBER}!4d${NUMBER}`,
  `mlat=${NUMBER}&mlon=${NUMBER}`,
  `[?&](?:q|query|ll|destination|daddr)=(?:loc:)?${PAIR}`,
  `^geo:${PAIR}`,
  `@${PAIR}`,
  `#map=[\\d.]+/${NUMBER}/${NUMBER}`,
  `/(?:place|search)/${PAIR}`,
  `^\\(?${NUMBER}\\s*[,; ]\\s*${NUMBER}\\)?$`,
].map((form) => new RegExp(form));

/** The point that a map's link or a pair of decimal degrees names; null where there is none on Earth. */
export function pointIn(text: string): Point | null {
  for (const form of FORMS) {
    const match = form.exec(text.trim());
    if (!match) continue;
    const [latitude, longitude] = [Number(match[1]), Number(match[2])];
    if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude };
  }
  return null;
}
