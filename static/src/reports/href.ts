import { type Filters, queryOf } from "./filters";

export const hrefReport = (filters: Filters) => `#/relatorios?${new URLSearchParams(queryOf(filters))}`;
