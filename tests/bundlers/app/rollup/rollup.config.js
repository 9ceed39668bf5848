/** `worker-main` is the one line for the package: the worker's file, beside the bundle. */
import { nodeResolve } from "@rollup/plugin-node-resolve";

export default {
  input: { main: "main.js", models: "models.js", "worker-main": "tokimeter/worker-main.js" },
  output: { dir: "public/js" },
  plugins: [nodeResolve()],
};
