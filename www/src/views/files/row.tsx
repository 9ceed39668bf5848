/** A row of the tables: in the total or not, what it is, its tokens and its share. */
import { type ComponentChildren, Fragment, type JSX } from "preact";
import { format } from "../../i18n/full.ts";
import { setText } from "../../state/text.ts";
import { announce } from "../../ui/announcer.ts";
import { ChevronIcon, LookIcon } from "./icons.tsx";
import { project } from "./project.ts";
import type { Entry } from "./tree.ts";
import { words } from "./words.ts";

/** Bytes of a file that the playground is given: what it shows, people read. */
const MOST_TO_READ = 1_000_000;

interface Props {
  readonly name: string;
  /** What stands before the name, smaller. */
  readonly path?: string;
  readonly level?: number;
  /** Of a folder: whether it is open, and what opens it. */
  readonly isOpen?: boolean;
  readonly toggle?: () => void;
  readonly tokens: number;
  readonly note: string;
  /** How much of it is in the total. */
  readonly included: "all" | "some" | "none";
  readonly include: (isIncluded: boolean) => void;
  readonly children?: ComponentChildren;
}

export function Row(props: Props): JSX.Element {
  const { name, path = "", level = 0, isOpen, toggle, tokens, note, included, include, children } = props;
  const text = words.value;
  const f = format.value;
  const share = project.total.tokens > 0 && included !== "none" ? tokens / project.total.tokens : 0;
  return (
    <tr data-included={included} data-path={path + name}>
      <td class="files-in">
        <label>
          <span class="visually-hidden">{text.include(path + name)}</span>
          <input
            type="checkbox"
            checked={included === "all"}
            indeterminate={included === "some"}
            onChange={({ currentTarget }) => include(currentTarget.checked)}
          />
        </label>
      </td>
      <th scope="row" class="files-name" style={level > 0 ? { "--level": level } : undefined}>
        {toggle ? (
          <button
            type="button"
            class="files-toggle"
            aria-expanded={isOpen}
            aria-label={text.open(path + name)}
            onClick={toggle}
          >
            <ChevronIcon />
            <span>{name}/</span>
          </button>
        ) : (
          <span class="files-file">
            <Path path={path} />
            {name}
          </span>
        )}
        <span class="files-note">{note}</span>
        <span class="files-bar" aria-hidden="true" style={{ "--share": share }} />
      </th>
      <td class="number" data-tokens={tokens}>
        {f.count(tokens)}
      </td>
      <td class="number files-share">{included === "none" ? "–" : f.share(share)}</td>
      <td class="files-action">{children}</td>
    </tr>
  );
}

/** A path that breaks behind its slashes. */
function Path({ path }: { path: string }): JSX.Element {
  return (
    <span class="files-path">
      {path
        .split("/")
        .slice(0, -1)
        .map((name, index) => (
          <Fragment key={`${index} ${name}`}>
            {name}/<wbr />
          </Fragment>
        ))}
    </span>
  );
}

/** The way to the text of a file that people can read. */
export function LookButton({ entry, bytes }: { entry: Entry; bytes: number }): JSX.Element | null {
  if (bytes > MOST_TO_READ) return null;
  const text = words.value;
  return (
    <button
      type="button"
      class="files-look"
      aria-label={text.toPlayground(entry.path)}
      title={text.toPlaygroundTitle}
      onClick={async () => {
        try {
          setText(decoded(await (await entry.given.open()).arrayBuffer()));
          location.hash = "#/playground";
        } catch {
          announce(text.cannotOpen(entry.path));
        }
      }}
    >
      <LookIcon />
    </button>
  );
}

/** Returns the text of a file as it is counted: UTF-8, or UTF-16 with a byte order mark. */
function decoded(buffer: ArrayBuffer): string {
  const [first, second] = new Uint8Array(buffer);
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = first === 0xfe && second === 0xff;
  return new TextDecoder(isLittle ? "utf-16le" : isBig ? "utf-16be" : "utf-8").decode(buffer);
}
