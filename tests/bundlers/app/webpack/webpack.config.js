/** Nothing here is for the package: entries, and where they are written to. */
export default {
  mode: "production",
  context: `${import.meta.dirname}/..`,
  entry: { main: "./main.js", models: "./models.js" },
  output: { path: `${import.meta.dirname}/../out/webpack/sub/path` },
  performance: { hints: false },
};
