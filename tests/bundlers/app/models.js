/** An app that asks the book of models and nothing else. */

import { findModel } from "tokimeter/models";
import { write } from "./count.js";

write({ encoding: Promise.resolve(findModel("openai/gpt-5.2")?.encoding) });
