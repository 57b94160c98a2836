import { useState } from "preact/hooks";
import { attempt } from "../notices";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import type { Filters } from "./filters";
import { saveCsv } from "./reading";

export function ExportButton({ filters }: { filters: Filters }) {
  const [isExporting, setExporting] = useState(false);
  const save = async () => {
    setExporting(true);
    await attempt(() => saveCsv(filters));
    setExporting(false);
  };
  return (
    <button type="button" class="button" disabled={isExporting} onClick={save}>
      <Icon name="download" size={16} />
      {isExporting ? w.supervisor.reports.exporting : w.supervisor.reports.exportCsv}
    </button>
  );
}
