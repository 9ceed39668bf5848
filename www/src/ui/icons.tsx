/** Drawn icons: what all are drawn by, and those of the frame. What they stand for is said by the button that has them. */
import type { ComponentChildren, JSX } from "preact";
import type { Theme } from "../state/settings.ts";

interface Props {
  readonly children: ComponentChildren;
  /** Its width and height on the page. */
  readonly size?: number;
  /** The width and height of the grid that it is drawn on. */
  readonly grid?: number;
  readonly stroke?: number;
}

export function Icon({ children, size = 20, grid = 20, stroke = 1.5 }: Props): JSX.Element {
  return (
    <svg
      viewBox={`0 0 ${grid} ${grid}`}
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width={stroke}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** A sun, a moon, or a disc that is half of each. */
export function ThemeIcon({ theme }: { theme: Theme }): JSX.Element {
  if (theme === "dark") {
    return (
      <Icon>
        <path d="M16 12.2A6.8 6.8 0 0 1 7.8 4a6.8 6.8 0 1 0 8.2 8.2Z" />
      </Icon>
    );
  }
  if (theme === "light") {
    return (
      <Icon>
        <circle cx="10" cy="10" r="3.4" />
        <path d="M10 2v1.6M10 16.4V18M2 10h1.6M16.4 10H18M4.3 4.3l1.2 1.2M14.5 14.5l1.2 1.2M4.3 15.7l1.2-1.2M14.5 5.5l1.2-1.2" />
      </Icon>
    );
  }
  return (
    <Icon>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 3a7 7 0 0 0 0 14Z" fill="currentColor" />
    </Icon>
  );
}

export function ShareIcon(): JSX.Element {
  return (
    <Icon>
      <path d="M10 12V2.8M6.6 6 10 2.6 13.4 6M6 9H4.6v8h10.8V9H14" />
    </Icon>
  );
}
