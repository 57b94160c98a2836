import type { RefObject } from "preact";

interface Props {
  picker: RefObject<HTMLInputElement | null>;
  label: string;
  accept: string;
  /** Straight to the camera, on a device that has one behind its screen. */
  isCamera?: boolean;
  isSingle?: boolean;
  onFiles: (files: readonly File[]) => void;
}

export function FilePicker({ picker, label, accept, isCamera, isSingle, onFiles }: Props) {
  return (
    <input
      ref={picker}
      type="file"
      hidden
      multiple={!isCamera && !isSingle}
      accept={accept}
      capture={isCamera ? "environment" : undefined}
      aria-label={label}
      onChange={(event) => {
        const files = [...(event.currentTarget.files ?? [])];
        event.currentTarget.value = "";
        if (files.length > 0) onFiles(files);
      }}
    />
  );
}
