/** Counts with the engine and the vocabularies in the script itself. */

import { configure, load } from "tokimeter/inline";
import { count, write } from "./count.js";
import { read } from "./files.js";

configure({ read });
write({ page: count(load) });
