/** A page that a bundler builds: it counts in a worker. */

import { connect } from "tokimeter/worker";

const { load, meter } = connect();
const tok = load("o200k_base");
const shown = meter("gpt-5.2", { text: "Tokens are minutes." });
Promise.all([tok.then((tok) => tok.count("Tokens are minutes.")), shown]).then(([count, { reading }]) => {
  document.title = `${count} ${reading.tokens}`;
});
