// @ts-check
/**
 * How TypeDoc writes the reference: from the comments of what `pkg/package.json` exports, a page for each entry point. What is public
 * and has no comment is a warning, and so is a link that leads nowhere; a warning is an error.
 */

import { Comment, Converter, ReflectionKind, UnionType } from "typedoc";

/** What a worker answers for has its comments where the page's own has them. */
const REMOTE = /^Remote(Tokenizer|Live|Meter)$/;
const LOCAL = /** @type {Record<string, string>} */ ({ Live: "LiveText" });

/** @type {Partial<import("typedoc").TypeDocOptions> & import("typedoc-plugin-markdown").PluginOptions} */
export default {
  plugin: ["typedoc-plugin-markdown", complete],
  tsconfig: "../../pkg/tsconfig.json",
  name: "tokimeter",
  out: "../../docs/api",
  readme: "README.md",
  mergeReadme: true,
  disableSources: true,
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  preservedTypeAnnotationTags: ["@throws"],
  treatWarningsAsErrors: true,
  validation: { invalidLink: true, notDocumented: true, notExported: true },

  outputFileStrategy: "modules",
  pageTitleTemplates: { module: ({ name }) => (name === "tokimeter" ? name : `tokimeter/${name}`) },
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  expandParameters: true,
  classPropertiesFormat: "table",
  interfacePropertiesFormat: "table",
  indexFormat: "table",
  parametersFormat: "table",
  tableColumnSettings: { hideModifiers: true },
  typeAliasPropertiesFormat: "table",
  typeDeclarationFormat: "table",
};

/** Puts into comments what TypeDoc knows and the pages would not show. @param {import("typedoc").Application} app */
function complete(app) {
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    commentRemotes(project);
    for (const reflection of project.getReflectionsByKind(ReflectionKind.All)) {
      nameErrors(reflection);
      if (reflection.isDeclaration()) listLiterals(reflection);
      // A parameter that is taken apart at once.
      if (reflection.name === "__namedParameters") reflection.name = "options";
    }
  });
}

/** @param {import("typedoc").ProjectReflection} project */
function commentRemotes(project) {
  const classes = project.getReflectionsByKind(ReflectionKind.Class);
  for (const remote of project.getReflectionsByKind(ReflectionKind.Interface)) {
    const [, name = ""] = REMOTE.exec(remote.name) ?? [];
    const local = classes.find((one) => one.name === (LOCAL[name] ?? name));
    if (!name || !local?.isDeclaration() || !remote.isDeclaration()) continue;
    for (const member of remote.children ?? []) {
      const twin = local.children?.find((one) => one.name === member.name);
      const commented = twin?.getSignature ?? twin?.signatures?.[0] ?? twin;
      const bare = member.signatures?.[0] ?? member;
      bare.comment ??= commented?.comment?.clone();
    }
  }
}

/** Which error is thrown, before when it is. @param {import("typedoc").Reflection} reflection */
function nameErrors({ comment }) {
  for (const { typeAnnotation, content } of comment?.blockTags ?? []) {
    const error = typeAnnotation?.replace(/^\{|\}$/g, "");
    if (error) content.unshift({ kind: "code", text: `\`${error}\`` }, { kind: "text", text: " " });
  }
}

/** What each of some words means. @param {import("typedoc").DeclarationReflection} reflection */
function listLiterals(reflection) {
  const { kind, type } = reflection;
  if (kind !== ReflectionKind.TypeAlias || !(type instanceof UnionType)) return;
  const summaries = type.elementSummaries ?? [];
  if (type.types.some(({ type }) => type !== "literal")) return;
  reflection.comment ??= new Comment();
  for (const [place, summary] of summaries.entries()) {
    const before = place === 0 ? "\n\n" : "\n";
    reflection.comment.summary.push(
      { kind: "text", text: `${before}- ` },
      { kind: "code", text: `\`${type.types[place]}\`` },
      { kind: "text", text: ": " },
      ...summary,
    );
  }
}
