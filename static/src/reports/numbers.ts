import { language, w } from "../words";

const countFormat = new Intl.NumberFormat(language);
const shareFormat = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
const ratingFormat = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const secondsFormat = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });

export const countText = (count: number) => countFormat.format(count);

/** `part` of `whole` in percent; a dash of nothing. */
export const shareText = (part: number, whole: number) =>
  whole ? shareFormat.format(part / whole) : w.supervisor.nothing;

export const ratingText = (rating: number | null) =>
  rating === null ? w.supervisor.nothing : ratingFormat.format(rating);

/** To the hundredth: messages take fractions of a second. */
export const exactSeconds = (seconds: number | null) =>
  seconds === null ? w.supervisor.nothing : w.supervisor.duration.exact(secondsFormat.format(seconds));
