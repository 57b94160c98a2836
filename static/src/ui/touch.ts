/** Worked by finger: a field that takes the focus brings up a keyboard that hides the rest. */
export const hasTouch = (): boolean => window.matchMedia("(pointer: coarse)").matches;
