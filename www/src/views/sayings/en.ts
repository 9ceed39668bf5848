/** The sayings in English. */
import type { Format } from "../../i18n/full.ts";
import { ENOUGH, HOLDS, ROUGHLY } from "./claims.ts";
import type { Words } from "./words.ts";

export function en(format: Format): Words {
  const count = (value: number): string => format.count(value);
  const ratio = (value: number): string => format.ratio(value);
  const tokensOf = (tokens: number): string =>
    `${count(tokens)} ${format.plural(tokens, { one: "token", other: "tokens" })}`;
  const wordsOf = (units: number): string =>
    `${count(units)} ${format.plural(units, { one: "word", other: "words" })}`;
  const charactersOf = (units: number): string =>
    `${count(units)} ${format.plural(units, { one: "character", other: "characters" })}`;
  return {
    title: "Sayings, checked on your own text",
    lead: "Everybody has a rule of thumb for tokens. Here each one is counted on what you wrote, with the figures beside it.",
    box: {
      title: "Your text",
      empty: "Write or paste something here",
      samples: "No text yet? Begin with a sample:",
      sample: { english: "Sample in English", chinese: "Sample in Chinese", mixed: "Sample of both" },
      isSample: "Sample",
      model: "Counted as this model counts",
      files: "Files of yours",
      counting: "Counting…",
      whole: (tokens, isEstimate) => `All of it: ${isEstimate ? "about " : ""}${tokensOf(tokens)}`,
      parts: {
        chinese: (units, tokens) => `Chinese part: ${charactersOf(units)}, ${tokens} tokens`,
        english: (units, tokens) => `English part: ${wordsOf(units)}, ${tokens} tokens`,
      },
      noPart: { chinese: "No Chinese", english: "No English" },
      how: "How these parts are cut out",
      howText: [
        "The Chinese part keeps Chinese characters with their punctuation and white space. All else is taken out, and what is left is counted as a text of its own. Punctuation counts as characters and white space does not, as word processors have it. Lines with much kana are Japanese and left out.",
        "The English part keeps words in Latin letters with the digits, punctuation and spaces beside them. Nothing here knows English from French. Words are counted by the browser's Intl.Segmenter.",
        "Keys and login tokens are no language, and in neither part.",
        "The counts of the parts do not add up to that of the whole: where something was taken out, its neighbours meet and join anew.",
      ],
      cut: (units) =>
        `This is a long text. The sayings are checked on its first ${count(units)} characters; the count of the whole is of all of it.`,
      failed: (title) => `The vocabulary of ${title} did not load. What follows are estimates.`,
      retry: "Try again",
    },
    others: {
      title: "Beside other tokenizers",
      note: "Where a vocabulary is not loaded yet, an estimate stands in, marked ≈, with its range as a pale bar. Press one to load it and count exactly.",
      all: (bytes) => `Load all (${format.bytes(bytes)})`,
      load: (title, bytes) => `${title}, ${format.bytes(bytes)}`,
      loading: (title) => `${title}, loading…`,
      loaded: "loaded",
      failed: (title) => `${title} did not load, try again`,
      done: "All are loaded",
    },
    sayings: {
      title: "The sayings",
      said: "They say",
      quotes: {
        words: "1 token ≈ 0.75 English words; 1,000 tokens ≈ 750 words",
        one: "1 token ≈ 1 Chinese character",
        range: "1 Chinese character ≈ 1–2 tokens",
        "1.6": "1 Chinese character ≈ 1.6 tokens",
        "1.35": "Characters times 1.35 are tokens",
        article: "An article of 1,000 characters ≈ 2,000 tokens",
      },
      yours: {
        "words-per-token": ({ value, units, tokens }) =>
          `Your text: ${ratio(value)} words a token, ${wordsOf(Math.round(value * 1000))} for 1,000 tokens (${wordsOf(units)}, ${tokensOf(tokens)}).`,
        "characters-per-token": ({ value, units, tokens }) =>
          `Your text: ${ratio(value)} characters a token (${charactersOf(units)}, ${tokensOf(tokens)}).`,
        "tokens-per-character": ({ value, units, tokens }) =>
          `Your text: ${ratio(value)} tokens a character (${charactersOf(units)}, ${tokensOf(tokens)}).`,
        "tokens-per-thousand-characters": ({ value, units, tokens }) =>
          `At the rate of your text: ${tokensOf(Math.round(value))} for 1,000 characters (${charactersOf(units)}, ${tokensOf(tokens)}).`,
      },
      range: (low, high) => `This is an estimate; it lies between ${low} and ${high}.`,
      verdicts: {
        holds: "Holds here",
        roughly: "Roughly holds here",
        fails: "Does not hold here",
        open: "The estimate cannot tell",
      },
      short: { holds: "holds", roughly: "roughly", fails: "does not hold", open: "cannot tell" },
      deviation: (deviation) => `off by ${format.deviation(deviation)}`,
      within: "within the range",
      tooLittle: {
        chinese: (units) =>
          units === 0
            ? "There is no Chinese in your text, so this cannot be checked."
            : `There are only ${charactersOf(units)} of Chinese in your text. Fewer than ${count(ENOUGH)} tell nothing.`,
        english: (units) =>
          units === 0
            ? "There is no English in your text, so this cannot be checked."
            : `There are only ${wordsOf(units)} of English in your text. Fewer than ${count(ENOUGH)} tell nothing.`,
      },
      counting: "Counting…",
      empty: "The answer stands here once there is a text.",
      turned: (characters) =>
        `Turned round: ${characters} characters a token. Makers of Chinese models say “1 token ≈ 1.5–1.8 characters”; on its way around that gets turned upside down.`,
      perWord: (tokens) =>
        `Some say it of English: 1 word ≈ 1.35 tokens. In your English part it is ${tokens}.`,
      noWords: "Some say it of English: 1 word ≈ 1.35 tokens, which is about 0.75 turned round.",
      rows: ({ holds, roughly, fails, open }, total) =>
        `${count(total)} tokenizers: ${[
          `${count(holds)} ${format.plural(holds, { one: "holds", other: "hold" })}`,
          `${count(roughly)} roughly`,
          `${count(fails)} not`,
          ...(open > 0 ? [`${count(open)} cannot tell yet`] : []),
        ].join(", ")}`,
      columns: {
        tokenizer: "Tokenizer",
        bar: "Chart",
        verdict: "Verdict",
        units: {
          "words-per-token": "words / token",
          "characters-per-token": "characters / token",
          "tokens-per-character": "tokens / character",
          "tokens-per-thousand-characters": "tokens / 1,000",
        },
      },
      line: (value) => `Line: the saying's ${value}`,
      about: (value) => `≈${value}`,
      calibrated: "calibrated",
      rule: `A saying holds if it is off by no more than ${format.percent(HOLDS)}, and roughly by no more than ${format.percent(ROUGHLY)}. “Calibrated” counts are rebuilt from recorded ones; the vocabulary is not public.`,
      spoken: (holds, total) => `${count(holds)} of ${count(total)} sayings hold here, at least roughly.`,
    },
    why: {
      title: "Why people disagree",
      vocabulary: "Vocabularies differ",
      vocabularyText:
        "A tokenizer knows only the pieces in its vocabulary. Old ones have next to no Chinese, so a character falls apart into two or three pieces of its bytes. New ones have the characters, and words by the ten thousand: one token is two or three characters.",
      example: (text) => `The same “${text}”:`,
      load: (title, bytes) => `Load the vocabulary of ${title} (${format.bytes(bytes)}) to see its pieces`,
      unknownPieces: (title) => `Of ${title} only the count is known, not where the pieces end.`,
      tokens: (tokens, isEstimate) => `${isEstimate ? "≈" : ""}${tokensOf(tokens)}`,
      columns: {
        tokenizer: "Tokenizer",
        all: "Vocabulary",
        chinese: "With Chinese",
        words: "With two or more characters",
        share: "Chart",
        yours: "Your text, tokens / character",
      },
      source:
        "Counted from the vocabulary files, by decoding each entry. Characters that Japanese shares with Chinese are among them. The bar begins with tokens of two or more characters; behind them, in grey, come those of one.",
      turned: "It is turned upside down",
      turnedText: (perToken, perCharacter) =>
        perToken === undefined || perCharacter === undefined
          ? "“1 token is 1.6 characters” and “1 character is 1.6 tokens” sound alike, and are two and a half times apart."
          : `“1 token is 1.6 characters” and “1 character is 1.6 tokens” sound alike, and are two and a half times apart. Your text has ${perToken} characters a token, which is ${perCharacter} tokens a character.`,
      texts: "Texts differ",
      textsText:
        "Each saying is an average of somebody's texts. Common words make few tokens; names, rare characters, punctuation and line breaks make many; code and tables are another matter again. So the surest way is to count your own text.",
    },
    surprises: {
      title: "Surprises",
      lead: (model) =>
        `As ${model} counts. One box of colour is one token; the same token has the same colour.`,
      sentence: "One sentence, nine languages",
      oddities: "What is no language",
      columns: { language: "Language", pieces: "Pieces", tokens: "Tokens" },
      tokens: (tokens, isEstimate) => `${isEstimate ? "≈" : ""}${tokensOf(tokens)}`,
      times: (times) => `${times} of English`,
      unknownPieces: "Of this tokenizer only counts are known, not where pieces end, so there are no boxes.",
      waiting: "The vocabulary is not here yet, so these are estimates. The boxes come with it.",
      names: {
        family: "An emoji of a family",
        line: "64 underscores",
        base64: "A picture of one pixel, as base64",
        digits: "32 digits",
        spaces: "64 spaces",
        uuid: "A UUID",
      },
      notes: {
        family:
          "One character to the eye, but four people joined by three characters that nobody sees. The small line is each token: as text where it has any, else its bytes in hex.",
        line: "A long line and few tokens: vocabularies have whole rows of underscores, because code does.",
        base64: "A picture as text: every character is paid for, and the model can read none of it.",
        digits: "Some vocabularies take three digits at a time, some two, some one.",
        spaces:
          "What is not seen is counted. Rows of spaces are common in code, so new vocabularies often have them as one token.",
        uuid: "36 characters and not one word, so it falls into small pieces.",
      },
    },
    other: {
      title: "The other token",
      lead: "The token one logs in with is another thing: a pass. The most common kind is a JSON Web Token, three parts joined by dots.",
      parts: ["Header", "Payload", "Signature"],
      text: "The first two parts are base64url, which is no encryption: anyone can read them. The third is the signature, and whoever has it can log in. To paste one to a model costs language-model tokens for nothing, and hands over the key. This one was made on this page. It is a fake and opens no door.",
      put: "Put it into the box and see",
      already: "It is in the box",
    },
  };
}
