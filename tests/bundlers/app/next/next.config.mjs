/**
 * `serverExternalPackages` is the one line for the package: it lets it find its files on the server too, with webpack. The rest says
 * that the app stands under a path, and where it is written to.
 */
export default {
  serverExternalPackages: ["tokimeter"],
  basePath: "/sub/path",
  output: "export",
  distDir: process.env.OUT,
};
