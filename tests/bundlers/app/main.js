/** Counts in the page and in a worker. */

import { load } from "tokimeter";
import { connect } from "tokimeter/worker";
import { count, write } from "./count.js";

write({ page: count(load), worker: count(connect().load) });
