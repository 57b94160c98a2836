import { type Scheme, tokensWithin } from "../../branding/palette";
import { useMedia } from "../../message/useMedia";
import type { Branding } from "../../tenant";
import { Brand } from "../../ui/Brand";
import { w } from "../../words";

interface Props {
  scheme: Scheme;
  branding: Branding;
  name: string;
}

/** A piece of the console in the house's colours, as they would be by day or by night. */
export function Preview({ scheme, branding, name }: Props) {
  const { address } = useMedia(branding.logoMediaId && `/api/media/${branding.logoMediaId}`);
  return (
    <figure class={`brand-preview brand-preview-${scheme}`} style={tokensWithin(branding.color, scheme)}>
      <figcaption class="visually-hidden">{w.admin.branding.schemes[scheme]}</figcaption>
      <div class="preview-head" aria-hidden="true">
        {branding.logoMediaId && address ? <img class="brand-logo" src={address} alt="" /> : <Brand />}
        <span class="header-tenant">{name}</span>
        <span class="preview-place">{w.header.conversations}</span>
      </div>
      <div class="preview-body" aria-hidden="true">
        <p>
          {w.admin.branding.sampleText} <span class="preview-link">{w.admin.branding.sampleLink}</span>
        </p>
        <span class="button button-main">{w.thread.claim}</span>
        <span class="preview-soft">{w.admin.branding.sampleSoft}</span>
      </div>
    </figure>
  );
}
