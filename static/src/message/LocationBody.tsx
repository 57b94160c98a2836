import { Icon } from "../ui/Icon";
import type { Metadata } from "../wire";
import { w } from "../words";

interface Place {
  latitude?: number;
  longitude?: number;
  name?: string;
  address?: string;
}

export function LocationBody({ metadata }: { metadata: Metadata | null }) {
  const { latitude, longitude, name, address } = (metadata ?? {}) as Place;
  const at = `${latitude},${longitude}`;
  return (
    <div class="location">
      <div class="location-map" aria-hidden="true">
        <Icon name="pin" size={28} />
      </div>
      <strong>{name || w.message.location}</strong>
      {address && <span>{address}</span>}
      <a
        href={`https://www.google.com/maps/search/?api=1&query=${at}`}
        target="_blank"
        rel="noopener noreferrer"
      >
        {w.message.openMap}
      </a>
    </div>
  );
}
