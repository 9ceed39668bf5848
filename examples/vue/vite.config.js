import vue from "@vitejs/plugin-vue";

const isCustomElement = (tag) => tag === "token-meter";

export default { base: "./", plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };
