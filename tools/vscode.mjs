// @ts-check
/**
 * Puts together the folder that the VS Code extension is packed from: one script for the desktop and the web, and
 * the files that it reads.
 */

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "rolldown";

const SOURCE = "editors/vscode";
const FOLDER = "target/vscode";

/** What is packed besides the script, and the folder that it comes to. */
const FILES = {
  ".": [
    ...["package.nls.json", "package.nls.zh-cn.json", "README.md", "CHANGELOG.md", "LICENSE"].map((name) =>
      join(SOURCE, name),
    ),
    ...["LICENSE-MIT", "LICENSE-APACHE", "pkg/NOTICE"],
  ],
  l10n: [`${SOURCE}/l10n/bundle.l10n.zh-cn.json`],
  media: [`${SOURCE}/media/icon.png`],
  wasm: ["pkg/wasm/tokimeter_bg.wasm"],
};

rmSync(FOLDER, { recursive: true, force: true });
for (const [folder, files] of Object.entries(FILES)) {
  mkdirSync(join(FOLDER, folder), { recursive: true });
  for (const file of files) cpSync(file, join(FOLDER, folder, basename(file)));
}
cpSync("pkg/vocab", join(FOLDER, "vocab"), { recursive: true });
// What it is made of is of no use to who installs it.
const {
  devDependencies: _,
  private: __,
  ...manifest
} = JSON.parse(readFileSync(`${SOURCE}/package.json`, "utf8"));
writeFileSync(join(FOLDER, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);

await build({
  input: `${SOURCE}/src/extension.ts`,
  external: ["vscode"],
  // The package's files are read by the editor, which takes the path of such an address.
  transform: { target: "es2022", define: { "import.meta.url": '"tokimeter:/dist/extension.js"' } },
  output: { file: `${FOLDER}/dist/extension.js`, format: "cjs", codeSplitting: false, minify: true },
  logLevel: "warn",
});
