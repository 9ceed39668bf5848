// @ts-check
/** What strangers read first: the README is short, each page says the same in both languages, and every link leads somewhere. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { parse } from "smol-toml";
import { READMES } from "../../tools/readme.mjs";

/** Words of the README that are no code, no table and no address. */
const MOST_WORDS = 600;

const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  encoding: "utf8",
});
const pages = listed.trim().split("\n").filter(existsSync);
/** @param {string} page */
const read = (page) => readFileSync(page, "utf8");

/** Without what stands in fences. @param {string} text */
const unfenced = (text) => text.replaceAll(/^```[\s\S]*?^```$/gm, "");

/** Where a page's links lead, but for other hosts. @param {string} text */
const targets = (text) =>
  [...unfenced(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target)
    .filter((target) => !/^\w+:/.test(target));

/** As the sites that show Markdown make them. @param {string} text */
const anchors = (text) => {
  const named = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
  /** @type {Map<string, number>} */
  const seen = new Map();
  const headings = [...unfenced(text).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => {
    const slug = heading
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Mark}\p{Number}\s_-]/gu, "")
      .replaceAll(/\s/g, "-");
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
  return new Set([...named, ...headings]);
};

test("the README takes two minutes", () => {
  const prose = unfenced(read("README.md"))
    .replaceAll(/^<!-- (\w+) -->[\s\S]*?^<!-- \/\1 -->$/gm, "")
    .replaceAll(/^\|.*$/gm, "")
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1");
  const words = prose.match(/[\p{Letter}\p{Number}][\p{Letter}\p{Number}'’.,_/-]*/gu) ?? [];
  console.log(`${words.length} words of prose`);
  assert.ok(words.length <= MOST_WORDS, `${words.length} words; move some to docs/`);
});

test("pages in two languages have the same parts, in the same order", () => {
  const twins = pages.filter((page) => page.endsWith(".zh-CN.md"));
  for (const [file] of READMES) assert.ok(pages.includes(file), file);
  for (const twin of twins) {
    const page = twin.replace(".zh-CN.md", ".md");
    assert.deepEqual(outline(twin), outline(page), `${twin} has what ${page} has`);
  }
  console.log(`${twins.length} pages in two languages`);
});

/**
 * Headings by their level, code by its language, tables by their rows, blocks, and links by where they lead.
 *
 * @param {string} page
 */
function outline(page) {
  let inFence = false;
  return read(page)
    .split("\n")
    .flatMap((line) => {
      const [, fence] = /^```(\w*)/.exec(line) ?? [];
      if (fence !== undefined) {
        inFence = !inFence;
        return inFence ? [`\`\`\`${fence}`] : [];
      }
      if (inFence) return [];
      const [, heading] = /^(#+) /.exec(line) ?? [];
      const links = targets(line)
        .map((target) => target.replace(/#.*/, "").replace(/\.zh-CN|-zh|-en/, ""))
        .filter((target) => !/^README\.md$|^[a-z]+\.md$/.test(target));
      const [block] = /^<!-- .* -->$/.exec(line) ?? [];
      const row = line.startsWith("|") ? `${line.split(/(?<!\\)\|/).length} cells` : undefined;
      return [heading, block, row, ...links].filter((part) => part !== undefined);
    });
}

test("every link leads somewhere", () => {
  let found = 0;
  const astray = pages.flatMap((page) =>
    targets(read(page)).flatMap((target) => {
      found++;
      const [path, anchor] = decodeURIComponent(target).split("#");
      const file = path === "" ? page : join(dirname(page), path);
      if (!existsSync(file)) return [`${page}: ${target}`];
      return anchor && file.endsWith(".md") && !anchors(read(file)).has(anchor) ? [`${page}: ${target}`] : [];
    }),
  );
  assert.deepEqual(astray, []);
  console.log(`${found} links in ${pages.length} pages`);
});

test("each reason why an encoding is assumed has its Chinese on the site", () => {
  const { encoding } = /** @type {any} */ (parse(read("data/encodings.toml")));
  const reasons = encoding.flatMap((/** @type {any} */ one) =>
    (one.assumed ?? []).map((/** @type {any} */ { why }) => why),
  );
  const sentences = [...read("www/src/views/playground/reasons.ts").matchAll(/^ {2,4}\[?\/(.*)\/,/gm)];
  const known = sentences.map(([, sentence = ""]) => new RegExp(`^${sentence}$`));
  assert.ok(reasons.length > 10 && known.length > 20, `${reasons.length}, ${known.length}`);
  for (const reason of reasons)
    assert.ok(
      known.some((sentence) => sentence.test(reason)),
      reason,
    );
});
