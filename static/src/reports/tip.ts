import type uPlot from "uplot";
import type { Chart, Point } from "./charts";

const AWAY = 14;

/** What a point says, beside the pointer and inside the chart. */
export function tip(chart: Chart): uPlot.Plugin {
  const sheet = Object.assign(document.createElement("div"), { className: "chart-tip", hidden: true });
  const name = sheet.appendChild(document.createElement("span"));
  const value = sheet.appendChild(document.createElement("strong"));
  const detail = sheet.appendChild(document.createElement("span"));
  function show(self: uPlot, { name: called, value: known, detail: more }: Point, place: number) {
    name.textContent = called;
    value.textContent = known === null ? chart.nothing : chart.text(known);
    detail.textContent = more ?? "";
    sheet.hidden = false;
    // Beside the pointer, on the side where there is room, so that it hides nothing that is pointed at.
    const x = self.valToPos(place, "x");
    const isRight = x + sheet.offsetWidth + AWAY < self.over.clientWidth;
    sheet.style.left = `${isRight ? x + AWAY : x - AWAY - sheet.offsetWidth}px`;
  }
  return {
    hooks: {
      init: (self) => void self.over.append(sheet),
      setCursor: (self) => {
        const place = self.cursor.idx ?? -1;
        const point = self.cursor.left !== undefined && self.cursor.left >= 0 && chart.points[place];
        if (point) show(self, point, place);
        else sheet.hidden = true;
      },
    },
  };
}
