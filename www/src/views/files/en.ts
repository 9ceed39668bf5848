/** English. */
import type { Format } from "../../i18n/full.ts";
import type { Words } from "./words.ts";

export function en(f: Format): Words {
  const files = (count: number): string =>
    `${f.count(count)} ${f.plural(count, { one: "file", other: "files" })}`;
  const tokens = (count: number): string =>
    `${f.count(count)} ${f.plural(count, { one: "token", other: "tokens" })}`;
  return {
    title: "How many tokens is a whole project folder?",
    lead: "Before a coding assistant writes its first line, it reads the project. Drop a folder to see what one reading takes: tokens, windows, money.",

    dropTitle: "Drop files or a folder here",
    dropHere: "Let go to count",
    dropHint: "Pasting files works too. They are read on this page only, and never uploaded.",
    chooseFiles: "Choose files",
    chooseFolder: "Choose a folder",
    clear: "Clear",
    dropRules:
      "The folder's .gitignore files are honoured; .git, node_modules, hidden and binary files are left out, and you are told how many.",

    offer: (name) => `${name} looks like a tokenizer.`,
    offerUse: "Count with it",
    offerCount: "Count it as text",
    offerUsed: (name) => `Now counting with ${name}.`,

    model: "Model",
    ownFiles: "Your files",
    currency: "Currency",
    currencies: { CNY: "CNY", USD: "USD" },

    finding: (count) =>
      count === 0 ? "Opening the folder…" : `Looking through the folder: ${files(count)} so far`,
    counting: "Counted",
    progress: (done, all, bytes) => `${f.count(done)} of ${files(all)}, ${f.bytes(bytes)}`,
    stop: "Stop",
    stopped: (done, all) => `Stopped: ${f.count(done)} of ${files(all)} are counted, and stay counted.`,
    goOn: "Go on",
    failed: (encoding) =>
      `The ${encoding} vocabulary did not load, so nothing can be counted yet. Your files are still here.`,
    retry: "Try again",
    done: (count, all) => `Done: ${files(all)}, ${tokens(count)} in all.`,

    total: "Tokens in all",
    soFar: "so far",
    tokens,
    range: (low, high) => `between ${f.count(low)} and ${f.count(high)}`,
    calibrated: "calibrated",
    calibratedNote:
      "The vendor publishes no vocabulary; counts are calibrated on its recorded answers, and unofficial.",
    assumed: "assumed",
    assumedNote: (encoding) =>
      `The vendor has not published this model's tokenizer; ${encoding} is assumed, so take the figures as provisional.`,
    fileByFile: "Counted file by file, then added up. In one request, file names and separators come on top.",

    windows: (windows, model) => `It takes ${f.tenths(windows)} windows of ${model}: more than fits at once.`,
    windowPart: (part, model) => `It takes ${f.share(part)} of one window of ${model}.`,
    windowOf: (room, window) =>
      window === undefined || window === room
        ? `One window is ${tokens(room)}`
        : `A window of ${tokens(window)}, of which at most ${f.count(room)} for input`,
    noWindow: "This model's context window is not known.",
    noOneWindow: "Several models share this vocabulary, with windows of different sizes.",
    more: (count) => `${f.count(count)} more`,
    oneReading: (cost, requests) =>
      requests > 1
        ? `One reading costs ${cost}, in ${f.count(requests)} requests.`
        : `One reading costs ${cost}.`,
    cachedReading: (cost) => `Read again, all from the prompt cache: ${cost}.`,
    noPrice: "This model's price is not known.",
    noOnePrice: "Several models share this vocabulary, at prices of their own.",
    priceSource: ({ name }, asOf) => `Prices from ${name}, ${f.date(asOf)}.`,
    priceConverted: (rate, source) => `Converted at ${rate} yuan for a dollar (${source}).`,
    priceOwnRate: (rate) => `Converted at your own rate, ${rate} yuan for a dollar.`,
    priceStep: (above) => `A request of more than ${tokens(above)} has the higher price.`,
    priceOffPeak: "It is off-peak now, at off-peak prices.",

    factFiles: "Files",
    factCharacters: "Characters",
    factBytes: "Size",
    unknown: "unknown",

    tableTitle: "Where the tokens are",
    tabs: "Look at",
    tab: { files: "Files", folders: "Folders", types: "Types" },
    filter: "Filter by path",
    filterPlaceholder: "such as src .ts",
    filtered: (count, sum) =>
      `${files(count)} ${f.plural(count, { one: "matches", other: "match" })}; ${tokens(sum)} of ${f.plural(count, { one: "it", other: "them" })} in the total.`,
    filteredNone: "No path matches.",
    excludeFiltered: "Leave out",
    includeFiltered: "Include",
    caption: {
      files: "Files, those of the most tokens first",
      folders: "Folders, those of the most tokens first",
      types: "Types of files, those of the most tokens first",
    },
    columnIn: "In the total",
    columnName: "Name",
    columnTokens: "Tokens",
    columnShare: "Share",
    columnAction: "Action",
    include: (name) => `Include ${name}`,
    filesIn: files,
    excludedOf: (excluded) => `${f.count(excluded)} left out`,
    invalid: "invalid bytes",
    noExtension: "no extension",
    open: (name) => `Open ${name}`,
    toPlayground: (name) => `Look at ${name} in the playground`,
    toPlaygroundTitle: "Look at it in the playground, in place of the text there",
    cannotOpen: (name) => `${name} could not be opened: it may have changed, or be gone.`,
    showMore: (count) => `Show ${f.count(count)} more`,
    nothingYet: "No file is counted yet.",

    take: "Take it along",
    saveCsv: "Save as CSV",
    saveJson: "Save as JSON",
    copy: "Copy a summary",
    copied: "Copied.",
    copyFailed: "The browser does not allow copying.",
    summary: ({ model, files: all, tokens: sum, low, high, codePoints, bytes, windows, cost, dearest }) =>
      [
        `${model}: ${files(all)}, ${tokens(sum)}${low === high ? "" : ` (${f.count(low)} to ${f.count(high)})`}, counted file by file`,
        `${f.count(codePoints)} characters, ${f.bytes(bytes)}`,
        ...(windows === undefined ? [] : [`${f.tenths(windows)} windows`]),
        ...(cost === undefined ? [] : [`One reading costs ${cost}`]),
        "",
        ...dearest.map(({ path, tokens: count }) => `${f.count(count)}\t${path}`),
        "",
      ].join("\n"),

    leftOutTitle: "What is not counted",
    leftOutNote:
      "Only the .gitignore files inside what you gave are known. A file that you choose by itself is always counted.",
    leftOut: {
      tools: "Leave out .git and node_modules",
      hidden: "Leave out hidden files (a dot first)",
      ignored: "Leave out what .gitignore names",
    },
    leftOutFiles: files,
    leftOutOff: "counted",
    skippedTitle: (count) => `Binary: ${files(count)}`,
    skippedNote: "There is a NUL in the first 8 kB, so it is no text, and is skipped.",
    failedTitle: (count) => `Not counted: ${files(count)}`,
    failedWhy: {
      "not-found": "the file is not there any more",
      unreadable: "cannot be read: it changed since it was chosen, or may not be read; choose it again",
      "too-long": "this vocabulary cannot count it: it has no place to be cut at, or is too long",
      other: "something went wrong",
    },
    unreadPath: "something that was dropped",
    retryFiles: "Try again",
    invalidTitle: (count) => `Invalid bytes: ${files(count)}`,
    invalidNote:
      "Counted, but some bytes are no text of their encoding; each such place counts as one U+FFFD.",
  };
}
