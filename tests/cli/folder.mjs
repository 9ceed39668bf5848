// @ts-check
/** A folder with files of all kinds, by what the command line does with them. */

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Their contents, by their paths.
 * @type {Readonly<Record<string, string | Buffer>>}
 */
export const FILES = {
  ".gitignore": "build/\n/only-root.txt\nsub/deep/*.tmp\n\\#odd.txt\n# a comment\n*.log \n",
  ".hidden": "not counted",
  "#odd.txt": "ignored",
  "a.txt": "Hello, big world!\n",
  "bin.dat": Buffer.from([0x89, 0x50, 0, 1, 2]),
  "bom.txt": "\ufeffHello",
  "build/out.js": "ignored",
  "empty.txt": "",
  "latin1.txt": Buffer.from("caf\xe9 \xe2\x82 and \xf0\x9f\x98", "latin1"),
  "late-nul.txt": Buffer.concat([Buffer.from("word ".repeat(2000)), Buffer.from([0])]),
  "only-root.txt": "ignored",
  "sub/only-root.txt": "counted",
  "sub/.gitignore": "*.txt\n!keep.txt\n!only-root.txt\ndist\n",
  "sub/drop.txt": "ignored",
  "sub/keep.txt": "kept 词元",
  "sub/x.log": "ignored",
  "sub/deep/a.tmp": "ignored",
  "sub/deep/b.md": "counted",
  "sub/dist/c.md": "ignored",
  "tools/.gitignore": "!build/\n",
  "tools/build/f.md": "counted, since the folder is taken back in",
  "we[i]rd !name/.gitignore": "/x\ny/z.md\n",
  "we[i]rd !name/x": "ignored",
  "we[i]rd !name/y/z.md": "ignored",
  "we[i]rd !name/y/x": "counted",
  "目录/中文.md": "天空为什么这么蓝？\n",
  "utf16le.txt": Buffer.from("\ufeffHello, 世界 😀", "utf16le"),
  "utf16be.txt": Buffer.from("\ufeffHello, 世界 😀", "utf16le").swap16(),
  "utf16-broken.txt": Buffer.concat([Buffer.from("\ufeffa\ud800b\ud83d", "utf16le"), Buffer.from([0x41])]),
  "line-a.txt": "a".repeat(3_000_000),
  "line-digits.txt": "7".repeat(2_500_000),
  "line-mixed.txt": `${'{"id":17,"name":"词元"},'.repeat(60_000)}`,
};

/** Makes them in a folder, which then is a repository, with links, one of them a loop. @param {string} root */
export function fill(root) {
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  symlinkSync("..", join(root, "sub/loop"));
  symlinkSync("a.txt", join(root, "link.txt"));
  symlinkSync("nowhere", join(root, "dangling"));
  mkdirSync(join(root, ".git"));
}
