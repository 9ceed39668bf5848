// @ts-check
/** Workflows of public CI cannot be run here. What can be held of them is what makes them safe: pins and rights. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const FOLDER = ".github/workflows";
const workflows = readdirSync(FOLDER).map((name) => ({
  name,
  text: readFileSync(join(FOLDER, name), "utf8"),
}));

test("actions are pinned by a commit, and one action by one commit", () => {
  /** @type {Map<string, string>} */
  const pins = new Map();
  for (const { name, text } of workflows) {
    for (const [line, action, pin] of text.matchAll(/uses: (\S+?)(?:@(.*))?$/gm)) {
      assert.match(pin ?? "", /^[0-9a-f]{40} # v\d+\.\d+\.\d+$/, `${name}: ${line}`);
      assert.equal(pins.get(action) ?? pin, pin, `${name}: ${action}`);
      pins.set(action, pin);
    }
  }
  console.log(`${pins.size} actions: ${[...pins.keys()].join(", ")}`);
});

test("a workflow may read, and only what publishes has more", () => {
  for (const { name, text } of workflows) {
    assert.match(
      text,
      /^permissions:\n {2}contents: read\n$/m,
      `${name} begins with the right to read alone`,
    );
    assert.doesNotMatch(
      text,
      /pull_request_target|workflow_run/,
      `${name} runs no stranger's code with its own rights`,
    );
    assert.doesNotMatch(text, /secrets\./, `${name} needs no secret`);
    const checkouts = text.match(/uses: actions\/checkout@/g) ?? [];
    assert.equal(
      text.match(/persist-credentials: false/g)?.length ?? 0,
      checkouts.length,
      `${name} leaves no token behind`,
    );
    for (const job of text.split(/^ {2}(?=\S+:\n {4})/m).filter((job) => /: write$/m.test(job))) {
      assert.deepEqual(job.match(/\S+: write$/gm), ["id-token: write"], name);
      assert.doesNotMatch(
        job,
        /run: (?:bash|make|npm (?:ci|install|run))/,
        `${name} runs nothing of the repository's`,
      );
    }
  }
});

test("a release stops, and says what to write, while the package does not name its repository", () => {
  const release = workflows.find(({ name }) => name === "release.yml")?.text ?? "";
  const [, step = ""] = /- name: The package names this repository\n +run: \|\n +(.*)\n/.exec(release) ?? [];
  const run = (/** @type {string} */ repository) =>
    spawnSync("bash", ["-euc", step], {
      encoding: "utf8",
      env: { ...process.env, GITHUB_REPOSITORY: repository },
    });
  const { status, stderr } = run("somebody/no-such-repository");
  assert.equal(status, 1);
  assert.match(stderr, /needs "repository": .*github\.com\/somebody\/no-such-repository\.git/);
});
