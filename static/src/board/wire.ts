// What the board calls the shapes that the server describes.
import type { AgentOut, NumbersOut, PlaceOut } from "../api/schema";

/** Available: there, with room for another conversation. Busy: there, without. */
export type { Standing } from "../api/schema";

/** `load`: open conversations. `secondsToAnswer`: until the first answer, in those of today. */
export type Agent = AgentOut;
/** "Today" is the house's own day; null where nothing is known. `satisfaction`: 1 to 5, of the last 30 days. */
export type HouseNumbers = NumbersOut;
export type Place = PlaceOut;
