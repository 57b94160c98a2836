import { ptBR, type Words } from "./pt-BR";

export const language = "pt-BR";
export const w: Words = ptBR;
