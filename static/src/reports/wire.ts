// What the reports call the shapes that the server describes.
import type { DayOut, FiguresOut, LatencyOut, SliceOut } from "../api/schema";

export type { FiguresReport, LatencyReport } from "../api/schema";

/** Of the conversations begun in a span. `secondsToAnswer` and `rating` are means; null where nothing is known. */
export type Figures = FiguresOut;
export type DayFigures = DayOut;
/** `id` null: the conversations that have none, or nobody. */
export type Slice = SliceOut;
/** Seconds; null where there was no message. */
export type Latency = LatencyOut;
