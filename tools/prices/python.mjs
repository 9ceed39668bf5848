// @ts-check
/**
 * Reads the data of a Python file without running it: one expression made of calls with keyword arguments, lists,
 * dictionaries, texts, numbers and names. A call becomes an object with its name under `call` and its positional
 * arguments under `of`; a name becomes a text.
 */

/** @typedef {null | boolean | number | string | Value[] | { [key: string]: Value }} Value */

const TOKEN =
  /(?<space>(?:\s|#.*|\\\n)+)|(?<text>[rbu]*(?:'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"))|(?<number>-?\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)|(?<name>[A-Za-z_][\w.]*)|(?<mark>[()[\]{},:=])/gy;

/**
 * Returns the value that is assigned to `name` in the source of a Python module.
 *
 * @type {(source: string, name: string) => Value}
 * @throws where the value is not plain data
 */
export function assigned(source, name) {
  const start = new RegExp(`^${name}(?:: [^=]*)? = `, "m").exec(source);
  if (!start) throw new Error(`the Python file assigns nothing to ${name}`);
  return new Reader(source, start.index + start[0].length).value();
}

class Reader {
  /** @type {string} */ #source;
  /** @type {number} */ #at;
  /** @type {RegExpExecArray | undefined} The token that comes next. */ #next;

  /** @param {string} source @param {number} at */
  constructor(source, at) {
    this.#source = source;
    this.#at = at;
    this.#advance();
  }

  /** @returns {Value} */
  value() {
    const { text, number, name, mark } = this.#groups;
    if (text !== undefined) return this.#texts();
    if (number !== undefined) return this.#take(Number(number.replaceAll("_", "")));
    if (name !== undefined) return this.#named(name);
    if (mark === "[" || mark === "(") return this.#list(mark === "[" ? "]" : ")");
    if (mark === "{") return this.#dictionary();
    throw this.#wrong();
  }

  /** Texts that stand side by side are one. */
  #texts() {
    let whole = "";
    while (this.#groups.text !== undefined) whole += this.#take(unquoted(this.#groups.text));
    return whole;
  }

  /** @param {string} name @returns {Value} */
  #named(name) {
    this.#advance();
    if (this.#groups.mark === "(") return this.#call(name);
    if (name === "None") return null;
    return name === "True" || name === "False" ? name === "True" : name;
  }

  /** @param {string} call @returns {Value} */
  #call(call) {
    /** @type {Value[]} */
    const of = [];
    /** @type {{ [key: string]: Value }} */
    const result = { call, of };
    this.#advance();
    while (this.#groups.mark !== ")") {
      const { name } = this.#groups;
      if (name !== undefined && /^[ \t]*=(?!=)/.test(this.#source.slice(this.#at))) {
        this.#advance();
        this.#expect("=");
        result[name] = this.value();
      } else {
        of.push(this.value());
      }
      if (this.#groups.mark === ",") this.#advance();
    }
    return this.#take(result);
  }

  /** @param {string} end */
  #list(end) {
    /** @type {Value[]} */
    const items = [];
    this.#advance();
    while (this.#groups.mark !== end) {
      items.push(this.value());
      if (this.#groups.mark === ",") this.#advance();
    }
    return this.#take(items);
  }

  #dictionary() {
    /** @type {{ [key: string]: Value }} */
    const items = {};
    this.#advance();
    while (this.#groups.mark !== "}") {
      const key = String(this.value());
      this.#expect(":");
      items[key] = this.value();
      if (this.#groups.mark === ",") this.#advance();
    }
    return this.#take(items);
  }

  get #groups() {
    return this.#next?.groups ?? {};
  }

  /** @template T @param {T} value @returns {T} */
  #take(value) {
    this.#advance();
    return value;
  }

  /** @param {string} mark */
  #expect(mark) {
    if (this.#groups.mark !== mark) throw this.#wrong();
    this.#advance();
  }

  #advance() {
    do {
      TOKEN.lastIndex = this.#at;
      this.#next = TOKEN.exec(this.#source) ?? undefined;
      this.#at = TOKEN.lastIndex;
    } while (this.#next?.groups?.space !== undefined);
  }

  #wrong() {
    const line = this.#source.slice(0, this.#at).split("\n").length;
    return new Error(`line ${line} of the Python file is not plain data: ${JSON.stringify(this.#next?.[0])}`);
  }
}

/** @param {string} literal */
function unquoted(literal) {
  const body = literal.replace(/^[rbu]*/, "").slice(1, -1);
  if (/^[rbu]*r/.test(literal)) return body;
  return body.replace(/\\(?:u([\da-f]{4})|x([\da-f]{2})|([\s\S]))/gi, (_, long, short, one) => {
    if (long ?? short) return String.fromCharCode(Number.parseInt(long ?? short, 16));
    return { n: "\n", t: "\t", r: "\r", "\n": "" }[/** @type {string} */ (one)] ?? one;
  });
}
