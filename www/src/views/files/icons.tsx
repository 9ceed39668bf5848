/** Drawn icons, in the colour of the text beside them. */
import type { JSX } from "preact";
import { Icon } from "../../ui/icons.tsx";

/** A folder with sheets that go into it. */
export function FolderIcon(): JSX.Element {
  return (
    <svg
      class="files-drawing"
      width="96"
      height="72"
      viewBox="0 0 96 72"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linejoin="round"
      stroke-linecap="round"
      aria-hidden="true"
    >
      <path d="M30 32V8a3 3 0 0 1 3-3h15l8 8v19" class="files-sheet" />
      <path d="M48 5v8h8M36 18h9M36 24h14" />
      <path d="M58 32V17a3 3 0 0 1 3-3h7l6 6v12" class="files-sheet" />
      <path d="M68 14v6h6M63 25h6" />
      <path d="M10 67V28a4 4 0 0 1 4-4h10l5 8h53a4 4 0 0 1 4 4v27a4 4 0 0 1-4 4Z" class="files-front" />
    </svg>
  );
}

export function ChevronIcon(): JSX.Element {
  return (
    <Icon size={16} grid={24} stroke={1.6}>
      <path d="m9 6 6 6-6 6" />
    </Icon>
  );
}

/** To the text itself. */
export function LookIcon(): JSX.Element {
  return (
    <Icon size={18} grid={24} stroke={1.6}>
      <path d="M14 4h6v6M20 4l-8 8M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4" />
    </Icon>
  );
}
