import type { Act } from "./act";
import { consoleActs } from "./consoleActs";
import { conversationActs } from "./conversationActs";
import { listActs } from "./listActs";

/** Every act there is: what the keys do, what `?` lists and what the palette offers. */
export const ACTS: readonly Act[] = [...conversationActs, ...listActs, ...consoleActs];
