import type { Format } from "../../../i18n/full.ts";
import type { Words } from "./words.ts";

export const en = (format: Format): Words => {
  const some = (count: number, one: string, other: string): string =>
    `${format.count(count)} ${format.plural(count, { one, other })}`;
  return {
    mode: "What is counted",
    modes: { text: "A text", conversation: "A conversation" },
    title: "Conversation",
    lead: "For each reply the whole conversation is sent again. Roles, tools and the format take tokens too.",
    role: (number) => `Role of message ${format.count(number)}`,
    roles: {
      system: "System",
      developer: "Developer",
      user: "User",
      assistant: "Assistant",
      tool: "Tool result",
    },
    text: (number) => `Text of message ${format.count(number)}`,
    placeholders: {
      system: "Who the model is, and its rules",
      developer: "Who the model is, and its rules",
      user: "What you say",
      assistant: "What the model answers",
      tool: "What the tool returned",
    },
    tokens: (tokens) => some(tokens, "token", "tokens"),
    about: (tokens) => `≈ ${some(tokens, "token", "tokens")}`,
    counting: "counting…",
    up: (number) => `Move message ${format.count(number)} up`,
    down: (number) => `Move message ${format.count(number)} down`,
    moved: (number, of) => `Now message ${format.count(number)} of ${format.count(of)}.`,
    remove: (number) => `Remove message ${format.count(number)}`,
    removed: "The message is removed.",
    imported: "The conversation is here.",
    undo: "Undo",
    undone: "Undone.",
    add: "Add a message",
    added: (number) => `Message ${format.count(number)} is here.`,
    keys: "Alt + ↑ or ↓ in a message moves it. Paste messages as JSON, as OpenAI's API has them, to take in a whole conversation.",
    images: (images) => some(images, "image", "images"),
    fields: "Other fields",
    fieldsNote: "A JSON object, with tool_calls, tool_call_id, name and so on.",
    tools: "Tools",
    toolsLabel: "Tools, as JSON",
    toolsNote: "A list; each has a name, a description and parameters, as tools in OpenAI's API.",
    toolsOf: (tools, tokens) => `${some(tools, "tool", "tools")}, ${tokens}`,
    syntax: (line, column) =>
      line === undefined || column === undefined
        ? "This is not JSON yet."
        : `From line ${format.count(line)}, character ${format.count(column)} on, this is not JSON.`,
    notTools: "This is JSON, but no list of tools.",
    nameless: (tool) => `Tool ${format.count(tool)} has no name.`,
    notObject: "This is JSON, but no object, which stands in braces.",
    badField: (field) => `The field ${field} is not what it should be.`,
    lastHolds: "What you wrote stays; until it is right, the last right version counts.",
    noneHolds: "What you wrote stays; until it is right, it does not count.",
    offer: (messages, tools) =>
      tools > 0
        ? `This is a conversation: ${some(messages, "message", "messages")} and ${some(tools, "tool", "tools")}. Take it in as one?`
        : `This is a conversation: ${some(messages, "message", "messages")}. Take it in as one?`,
    accept: "Take it in",
    decline: "Leave it as text",
    copy: "Copy as JSON",
    copied: "Copied.",
    notCopied: "The browser does not allow copying; copy it from the field below.",
    copyLabel: "The conversation as JSON",
    bill: (model) => `Sent to ${model}`,
    parts: { messages: "Messages", tools: "Tools", reply: "The beginning, and the cue to reply" },
    range: (low, high) => format.range(low, high),
    ofWindow: (share, window) =>
      share > 0 && share < 0.01
        ? `Under ${format.percent(0.01)} of the window of ${format.count(window)}`
        : `${format.percent(share)} of the window of ${format.count(window)}`,
    over: "With the reply it does not fit.",
    mayBeOver: "With the reply it may not fit.",
    basis: { exact: "exact", calibrated: "calibrated", estimated: "≈ estimate" },
    exactly: "Token by token as the published template and vocabulary have it.",
    format: "Format",
    noFormat: "How this model frames messages is not public; the range is that of the frames that are.",
    source: "Source",
    unknown: {
      image: "Images are not in it: their size or the rule for them is not known.",
      tools: "Tools are not in it: how they are counted is not public.",
    },
    loading: "The vocabulary is on its way; until then this is an estimate.",
    failed: "The vocabulary did not come; this is an estimate.",
    retry: "Try again",
    send: "Sent once",
    withReply: (reply) => `With a reply of ${some(reply, "token", "tokens")}`,
    reply: "Tokens of the reply",
    wrongReply: (used) => `Enter a whole number from 0 on. ${format.count(used)} holds for now.`,
    noPrice: "This model has no public price.",
    costRange: (low, high) => `${low} to ${high}`,
    converted: "converted",
    step: (above) => `over ${format.count(above)} in: long-text rates`,
    offPeak: "off-peak now",
    priceOf: (source, date) => `Price by ${source}, ${date}`,
  };
};
