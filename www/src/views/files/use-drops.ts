/** Drops and pastes of files anywhere on the page, while a component is there. What a text field takes itself is left to it. */
import { useEffect, useRef } from "preact/hooks";

interface Listeners {
  /** Files are held over the page, or no longer. */
  over(isOver: boolean): void;
  drop(event: DragEvent): void;
  paste(event: ClipboardEvent): void;
}

export function useDrops(listeners: Listeners): void {
  const current = useRef(listeners);
  current.current = listeners;
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    // Leaving an element for one inside it is told as leaving, too.
    let depth = 0;
    const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes("Files") ?? false;
    addEventListener(
      "dragenter",
      (event) => {
        if (hasFiles(event)) current.current.over(++depth > 0);
      },
      { signal },
    );
    addEventListener(
      "dragleave",
      (event) => {
        if (!hasFiles(event)) return;
        depth = Math.max(0, depth - 1);
        current.current.over(depth > 0);
      },
      { signal },
    );
    addEventListener(
      "dragover",
      (event) => {
        if (hasFiles(event)) event.preventDefault();
      },
      { signal },
    );
    addEventListener(
      "drop",
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth = 0;
        current.current.over(false);
        current.current.drop(event);
      },
      { signal },
    );
    addEventListener(
      "paste",
      (event) => {
        if ((event.clipboardData?.files.length ?? 0) === 0) return;
        event.preventDefault();
        current.current.paste(event);
      },
      { signal },
    );
    return () => stop.abort();
  }, []);
}
