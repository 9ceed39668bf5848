# What wrangler makes of a project whose rules say that *.vocab is data.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const main :Workerd.Worker = (
  compatibilityDate = "2026-11-01",
  modules = [
    (name = "worker.js", esModule = embed "../out/cloudflare/worker.js"),
    (name = "tokimeter/tokimeter.wasm", wasm = embed "../node_modules/tokimeter/wasm/tokimeter_bg.wasm"),
    (name = "tokimeter/vocab/o200k_base.vocab", data = embed "../node_modules/tokimeter/vocab/o200k_base.vocab"),
    (name = "tokimeter/vocab/o200k_harmony.vocab", data = embed "../node_modules/tokimeter/vocab/o200k_harmony.vocab"),
  ],
);
