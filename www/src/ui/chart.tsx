/** A chart of Observable Plot at the width of its place: an image to assistive technology, with a name and a description. */
import type * as Plot from "@observablehq/plot";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import "./chart.css";

export type Drawn = ReturnType<typeof Plot.plot>;

interface Props {
  readonly label: string;
  readonly description: string;
  /** Draws at a width. Another function draws anew. */
  readonly draw: (width: number) => Drawn;
  /** A place on the x axis that is marked. */
  readonly cursor?: number | undefined;
  /** Hears of the place on the x axis that was pointed at. */
  readonly onPoint?: (x: number) => void;
}

export function Chart({ label, description, draw, cursor, onPoint }: Props): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [drawn, setDrawn] = useState<Drawn>();
  useEffect(() => {
    if (host.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    observer.observe(host.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (width === 0 || host.current === null) return;
    const made = draw(width);
    // Plot names its groups, which have no role that could bear a name.
    for (const group of made.querySelectorAll("[aria-label]")) group.removeAttribute("aria-label");
    made.setAttribute("role", "img");
    made.setAttribute("aria-label", label);
    made.setAttribute("aria-description", description);
    host.current.querySelector(":scope > .chart-drawn")?.replaceChildren(made);
    setDrawn(made);
  }, [draw, width, label, description]);
  const x = drawn?.scale("x");
  const left = cursor === undefined ? undefined : x?.apply(cursor);
  const point = ({ clientX, currentTarget }: { clientX: number; currentTarget: HTMLDivElement }): void => {
    const at = x?.invert?.(clientX - currentTarget.getBoundingClientRect().left);
    if (typeof at === "number") onPoint?.(at);
  };
  return (
    <div class="chart" ref={host} onPointerMove={onPoint && point} onPointerDown={onPoint && point}>
      <div class="chart-drawn" />
      {typeof left === "number" ? (
        <div class="chart-cursor" style={{ insetInlineStart: `${left}px` }} />
      ) : null}
    </div>
  );
}
