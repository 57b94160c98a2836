import { may } from "../session";
import type { Role } from "../wire";

/** Whom one may change, and what one may make of anyone. */
export const mayManage = (role: Role): boolean =>
  may("users.edit") || (may("agents.edit") && (role === "AGENT" || role === "VIEWER"));

/** Whether there is anything in the settings for this person. */
export const maySetUp = (): boolean => may("catalog.edit");
