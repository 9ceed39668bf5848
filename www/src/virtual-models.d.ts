/** The module that build/models-plugin.ts makes from data/models.toml. */
declare module "virtual:models" {
  export const catalogue: import("./catalogue.ts").Catalogue;
}
