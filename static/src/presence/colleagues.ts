import { people } from "../lists";
import type { Person } from "../wire";
import { byReadiness } from "./presence";

/** Those who may be given conversations, the readiest first. The server refuses whoever only reads. */
export const colleagues = (): Person[] =>
  people.rows.value.filter((person) => person.role !== "VIEWER").sort(byReadiness);
