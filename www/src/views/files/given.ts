/**
 * What the reader hands in: dropped, chosen, picked or pasted, each file with its path. Folders are read one file at a time, so that a
 * file which cannot be read costs itself only.
 */
import { type FileWithPath, fromEvent } from "file-selector";

/** A file, not read yet. To ask one for its size can take a fifth of a millisecond, so nobody does before it is counted. */
export interface Given {
  readonly path: string;
  readonly open: () => Promise<File>;
}

/** What was handed in at once. */
export interface HandedIn {
  readonly files: Given[];
  /** Files and folders that could not be had, and what the browser says of it. */
  readonly failed: { readonly path: string; readonly message: string }[];
}

/** Hears how many files were found so far, between which the search can be given up. */
export type Found = (files: number) => void;

interface Pickers {
  showDirectoryPicker?(options: { readonly id: string }): Promise<FileSystemDirectoryHandle>;
}

interface DroppedItem extends DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/** Whether the browser lets pages ask for a folder by itself. */
export const hasPicker: boolean = "showDirectoryPicker" in globalThis;

/** Returns the files of an input. */
export function fromInput({ files }: HTMLInputElement): HandedIn {
  return { files: [...(files ?? [])].map((file) => givenFile(file, file.webkitRelativePath)), failed: [] };
}

/** Asks for a folder; `undefined` if the reader asks for none. */
export async function fromPicker(found: Found, signal: AbortSignal): Promise<HandedIn | undefined> {
  let folder: FileSystemDirectoryHandle | undefined;
  try {
    folder = await (globalThis as Pickers).showDirectoryPicker?.({ id: "project" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    throw error;
  }
  if (!folder) return undefined;
  const handedIn: HandedIn = { files: [], failed: [] };
  await walk(folder, folder.name, handedIn, found, signal);
  return handedIn;
}

/** Returns the files of a paste. */
export async function fromPaste(event: ClipboardEvent): Promise<HandedIn> {
  return { files: (await selected(event)).map((file) => givenFile(file, file.relativePath)), failed: [] };
}

/**
 * Returns the files of a drop, and those in its folders. What was dropped can be asked for only until the first wait, so all of it is asked
 * for at once.
 */
export async function fromDrop(
  { dataTransfer }: DragEvent,
  found: Found,
  signal: AbortSignal,
): Promise<HandedIn> {
  const items = [...(dataTransfer?.items ?? [])].filter(({ kind }) => kind === "file") as DroppedItem[];
  const rest: DroppedItem[] = [];
  const folders: { readonly name: string; readonly handle: Promise<FileSystemHandle | null> }[] = [];
  for (const item of items) {
    const entry = item.webkitGetAsEntry();
    const handle = entry?.isDirectory && isSecureContext ? item.getAsFileSystemHandle?.() : undefined;
    if (entry && handle) folders.push({ name: entry.name, handle });
    else rest.push(item);
  }
  // Without handles, `file-selector` reads the folders.
  const files = selected({ type: "drop", dataTransfer: { items: rest } });
  // It is waited for when the folders are walked.
  files.catch(() => {});
  const handedIn: HandedIn = { files: [], failed: [] };
  for (const { name, handle } of folders) {
    try {
      const folder = await handle;
      if (!folder) throw new Error("the browser does not hand the folder over");
      await walk(folder as FileSystemDirectoryHandle, name, handedIn, found, signal);
    } catch (error) {
      handedIn.failed.push({ path: name, message: messageOf(error) });
    }
  }
  try {
    for (const file of await files) handedIn.files.push(givenFile(file, file.relativePath));
  } catch (error) {
    handedIn.failed.push({ path: "", message: messageOf(error) });
  }
  return handedIn;
}

async function selected(event: object): Promise<FileWithPath[]> {
  const files = await fromEvent(event, { mimeTypes: new Map() });
  return files.filter((file) => file instanceof File);
}

async function walk(
  folder: FileSystemDirectoryHandle,
  path: string,
  { files, failed }: HandedIn,
  found: Found,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const child of folder.values()) {
      if (signal.aborted) return;
      const inside = `${path}/${child.name}`;
      if (child.kind === "directory") {
        await walk(child as FileSystemDirectoryHandle, inside, { files, failed }, found, signal);
        continue;
      }
      files.push({ path: inside, open: () => (child as FileSystemFileHandle).getFile() });
      found(files.length);
    }
  } catch (error) {
    failed.push({ path, message: messageOf(error) });
  }
}

function givenFile(file: File, path: string): Given {
  return {
    path: path.replace(/^\.?\/+/, "") || file.name,
    open: () => Promise.resolve(file),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
