/** Where the tokens are: by file, by folder, by type. Each table shows its first rows, and more on demand: there may be 20,000. */
import { type Signal, signal, useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { format } from "../../i18n/full.ts";
import { type CountedFile, type FileType, project } from "./project.ts";
import { ranked } from "./ranking.ts";
import { LookButton, Row } from "./row.tsx";
import type { Entry, Folder, Group } from "./tree.ts";
import { type Tab, words } from "./words.ts";

const FIRST = 25;
const MORE = 200;

export function Table({ tab }: { readonly tab: Tab }): JSX.Element {
  const text = words.value;
  return (
    <table class="files-table">
      <caption class="visually-hidden">{text.caption[tab]}</caption>
      <colgroup>
        {["in", "name", "tokens", "share", "action"].map((column) => (
          <col key={column} class={`files-column-${column}`} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">{text.columnIn}</span>
          </th>
          <th scope="col">{text.columnName}</th>
          <th scope="col" class="number">
            {text.columnTokens}
          </th>
          <th scope="col" class="number">
            {text.columnShare}
          </th>
          <th scope="col">
            <span class="visually-hidden">{text.columnAction}</span>
          </th>
        </tr>
      </thead>
      <tbody>{tab === "files" ? <FileRows /> : tab === "folders" ? <FolderRows /> : <TypeRows />}</tbody>
    </table>
  );
}

function tokensOf({ count }: CountedFile): number {
  return count.tokens;
}

function FileRows(): JSX.Element {
  const most = useSignal(FIRST);
  void project.version.value;
  const { first, count } = ranked(project.counted, most.value, tokensOf);
  return (
    <>
      {first.map((file) => (
        <FileRow key={file.entry.path} file={file} isWithPath />
      ))}
      <More most={most} count={count} />
      {count === 0 ? <Nothing /> : null}
    </>
  );
}

interface FileRowProps {
  readonly file: CountedFile;
  readonly level?: number;
  /** Whether the name stands with its path. */
  readonly isWithPath?: boolean;
}

function FileRow({ file, level = 0, isWithPath = false }: FileRowProps): JSX.Element {
  const { entry, count } = file;
  const { tokens, bytes, isInvalid } = count;
  const size = format.value.bytes(bytes);
  return (
    <Row
      name={entry.name}
      {...(isWithPath && { path: entry.path.slice(0, entry.path.length - entry.name.length) })}
      level={level}
      tokens={tokens}
      note={isInvalid ? `${size} · ${words.value.invalid}` : size}
      included={entry.isExcluded ? "none" : "all"}
      include={(isIncluded) => project.exclude([entry], !isIncluded)}
    >
      <LookButton entry={entry} bytes={bytes} />
    </Row>
  );
}

/** The folders that the reader opened; that which was named is open if it is the only one. */
const opened: Signal<ReadonlyMap<string, boolean>> = signal(new Map());

function isOpen(folder: Folder): boolean {
  const isAlone = folder.parent === project.root && project.root.folders.size === 1;
  return opened.value.get(folder.path) ?? isAlone;
}

function FolderRows(): JSX.Element {
  void project.version.value;
  return project.root.members === 0 ? <Nothing /> : <Inside folder={project.root} level={0} />;
}

function Inside({ folder, level }: { folder: Folder; level: number }): JSX.Element {
  const most = useSignal(FIRST);
  void project.version.value;
  const { first, count } = ranked(childrenOf(folder), most.value, (child) =>
    "count" in child ? tokensOf(child) : child.sums.tokens,
  );
  return (
    <>
      {first.map((child) =>
        "count" in child ? (
          <FileRow key={child.entry.path} file={child} level={level} />
        ) : (
          <FolderRow key={`${child.path}/`} folder={child} level={level} />
        ),
      )}
      <More most={most} count={count} />
    </>
  );
}

function* childrenOf(folder: Folder): Generator<Folder | CountedFile> {
  for (const inside of folder.folders.values()) if (inside.members > 0) yield inside;
  for (const entry of folder.files) {
    const outcome = entry.leftOut ? undefined : project.outcomeOf(entry);
    if (outcome?.kind === "counted" && project.passes(entry)) yield { entry, count: outcome.count };
  }
}

function FolderRow({ folder, level }: { folder: Folder; level: number }): JSX.Element {
  const open = isOpen(folder);
  const toggle = (): void => {
    opened.value = new Map([...opened.peek(), [folder.path, !open]]);
  };
  return (
    <>
      <Row
        name={folder.name}
        level={level}
        isOpen={open}
        toggle={toggle}
        tokens={folder.sums.tokens}
        note={noteOf(folder)}
        included={includedOf(folder)}
        include={(isIncluded) => {
          const inside: Entry[] = [];
          folder.each((entry) => {
            if (project.passes(entry)) inside.push(entry);
          });
          project.exclude(inside, !isIncluded);
        }}
      />
      {open ? <Inside folder={folder} level={level + 1} /> : null}
    </>
  );
}

function TypeRows(): JSX.Element {
  const most = useSignal(FIRST);
  void project.version.value;
  const { first, count } = ranked<FileType>(project.types.values(), most.value, ({ sums }) => sums.tokens);
  return (
    <>
      {first.map((type) => (
        <Row
          key={type.extension}
          name={type.extension || words.value.noExtension}
          tokens={type.sums.tokens}
          note={noteOf(type)}
          included={includedOf(type)}
          include={(isIncluded) => {
            const all = project.counted.map(({ entry }) => entry);
            project.exclude(
              all.filter(({ extension }) => extension === type.extension),
              !isIncluded,
            );
          }}
        />
      ))}
      <More most={most} count={count} />
      {count === 0 ? <Nothing /> : null}
    </>
  );
}

function includedOf({ members, excluded }: Group): "all" | "some" | "none" {
  return excluded === 0 ? "all" : excluded === members ? "none" : "some";
}

function noteOf({ members, excluded, sums }: Group): string {
  const text = words.value;
  const parts = [text.filesIn(members), format.value.bytes(sums.bytes)];
  return [...parts, ...(excluded > 0 ? [text.excludedOf(excluded)] : [])].join(" · ");
}

function Wide({ children }: { children: ComponentChildren }): JSX.Element {
  return (
    <tr class="files-wide">
      <td colSpan={5}>{children}</td>
    </tr>
  );
}

function More({ most, count }: { most: Signal<number>; count: number }): JSX.Element | null {
  if (count <= most.value) return null;
  return (
    <Wide>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          most.value += MORE;
        }}
      >
        {words.value.showMore(Math.min(MORE, count - most.value))}
      </button>
    </Wide>
  );
}

function Nothing(): JSX.Element {
  return (
    <Wide>
      <p class="note">{project.hasFilter ? words.value.filteredNone : words.value.nothingYet}</p>
    </Wide>
  );
}
