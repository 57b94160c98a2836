import { useState } from "preact/hooks";
import { contrast } from "../../branding/color";
import { paletteOf } from "../../branding/palette";
import { type Branding, changeTenant, type TenantDetails } from "../../tenant";
import { w } from "../../words";
import { type Draft, useDraft } from "../draft";
import { ColorField } from "../ui/ColorField";
import { PageHead } from "../ui/PageHead";
import { Panel } from "../ui/Panel";
import { SaveBar } from "../ui/SaveBar";
import { TenantPage } from "../ui/TenantPage";
import { LogoField } from "./LogoField";
import { Preview } from "./Preview";

/** The console's own, which is no colour of the house's. */
const OWN = "#0A7560";
const COLORS = [OWN, "#1D4ED8", "#0E7490", "#6D28D9", "#BE185D", "#B91C1C", "#C2410C", "#A16207", "#374151"];

/** What is said where a colour is not shown as it was chosen. */
function Correction({ color }: { color: string }) {
  const { light } = paletteOf(color);
  if (light.accent === color.toLowerCase()) return null;
  const found = contrast(color, "#ffffff").toFixed(1).replace(".", ",");
  return <p class="settings-panel-warning">{w.admin.branding.corrected(found)}</p>;
}

function Colour({ draft }: { draft: Draft<Branding> }) {
  const color = draft.value.color ?? OWN;
  const choose = (chosen: string) =>
    draft.change({ color: chosen.toLowerCase() === OWN.toLowerCase() ? null : chosen.toLowerCase() });
  return (
    <Panel title={w.admin.branding.color} hint={w.admin.branding.colorHint}>
      <ColorField
        label={w.admin.branding.color}
        isLabelHidden
        color={color}
        offered={COLORS}
        onChange={choose}
      />
      <Correction color={color} />
    </Panel>
  );
}

function BrandingForm({ tenant }: { tenant: TenantDetails }) {
  const draft = useDraft("branding", tenant.settings.branding, (branding) =>
    changeTenant({ settings: { branding } }),
  );
  const [isUploading, setUploading] = useState(false);
  return (
    <>
      <Colour draft={draft} />
      <Panel title={w.admin.branding.logo} hint={w.admin.branding.logoHint}>
        <LogoField
          mediaId={draft.value.logoMediaId}
          onUploading={setUploading}
          onChange={(logoMediaId) => draft.change({ logoMediaId })}
        />
      </Panel>
      <Panel title={w.admin.branding.preview} hint={w.admin.branding.previewHint}>
        <div class="brand-previews">
          <Preview scheme="light" branding={draft.value} name={tenant.name} />
          <Preview scheme="dark" branding={draft.value} name={tenant.name} />
        </div>
      </Panel>
      <SaveBar draft={draft} cannot={isUploading ? w.admin.branding.uploading : null} />
    </>
  );
}

export function BrandingPage() {
  return (
    <>
      <PageHead title={w.admin.pages.marca} lead={w.admin.branding.lead} />
      <TenantPage>{(tenant) => <BrandingForm tenant={tenant} />}</TenantPage>
    </>
  );
}
