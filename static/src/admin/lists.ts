import { keptList } from "../lists";
import { adminApi } from "./api";

export const members = keptList(adminApi.members);
export const integrations = keptList(adminApi.integrations);
export const webhooks = keptList(adminApi.webhooks);
export const apiKeys = keptList(adminApi.apiKeys);
