// @ts-check
/**
 * Runs in Firefox what runs in a browser: all of it, or with `--core` what `make test` has time for. At the end it says what was
 * left out there, by name and with the reason.
 */

import { globSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";
