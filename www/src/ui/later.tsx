/** A part of a view that is loaded when the browser has nothing else to do: what stands further down need not delay the first count. */
import { useSignal } from "@preact/signals";
import type { ComponentType, JSX } from "preact";
import { useEffect } from "preact/hooks";

interface Props<P> {
  readonly load: () => Promise<ComponentType<P>>;
  readonly props: P;
}

export function Later<P extends object>({ load, props }: Props<P>): JSX.Element | null {
  const part = useSignal<ComponentType<P> | undefined>(undefined);
  useEffect(() => {
    const begin = (): void => {
      load().then(
        (loaded) => {
          part.value = loaded;
        },
        // The view does without it; it comes with the next visit.
        () => {},
      );
    };
    const wait = setTimeout(begin, 200);
    return () => clearTimeout(wait);
  }, [load, part]);
  const Part = part.value;
  return Part ? <Part {...props} /> : null;
}
