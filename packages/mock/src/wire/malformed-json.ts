/**
 * Where a text stops being JSON (RFC 8259): the offset of the first invalid character, or the length of the text if it
 * ends too early. Engines have different messages for this, and some give no position. The text must not be nested more
 * deeply than the call stack allows.
 */
export function malformedAt(text: string): number {
  const scanner = new Scanner(text);
  if (scanner.value()) scanner.skip(isBlank);
  return scanner.at;
}

/** Each method reads on, and returns whether it found what it expects. If not, `at` is the position of the error. */
class Scanner {
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  value(): boolean {
    this.skip(isBlank);
    switch (this.#text.charAt(this.at)) {
      case "{":
        return this.#list("}", () => this.#member());
      case "[":
        return this.#list("]", () => this.value());
      case '"':
        return this.#string();
      case "t":
        return this.#word("true");
      case "f":
        return this.#word("false");
      case "n":
        return this.#word("null");
      default:
        return this.#number();
    }
  }

  /** Reads characters that `belongs` accepts, and returns whether there were any. */
  skip(belongs: (code: number) => boolean): boolean {
    const start = this.at;
    while (belongs(this.#text.charCodeAt(this.at))) this.at += 1;
    return this.at > start;
  }

  #list(end: string, item: () => boolean): boolean {
    this.at += 1;
    this.skip(isBlank);
    if (this.#take(end)) return true;
    do {
      if (!item()) return false;
      this.skip(isBlank);
      if (this.#take(end)) return true;
    } while (this.#take(","));
    return false;
  }

  #member(): boolean {
    this.skip(isBlank);
    if (this.#text.charAt(this.at) !== '"' || !this.#string()) return false;
    this.skip(isBlank);
    return this.#take(":") && this.value();
  }

  #string(): boolean {
    this.at += 1;
    for (;;) {
      this.skip(isPlain);
      if (this.#take('"')) return true;
      if (!this.#take("\\")) return false;
      if (this.#take("u")) {
        for (let digit = 0; digit < 4; digit += 1) if (!this.#takeAny("0123456789abcdefABCDEF")) return false;
      } else if (!this.#takeAny('"\\/bfnrt')) return false;
    }
  }

  #number(): boolean {
    this.#take("-");
    if (!this.#take("0") && !this.skip(isDigit)) return false;
    if (this.#take(".") && !this.skip(isDigit)) return false;
    if (!this.#takeAny("eE")) return true;
    this.#takeAny("+-");
    return this.skip(isDigit);
  }

  /** Reads as much of a word as matches. */
  #word(word: string): boolean {
    for (const character of word) if (!this.#take(character)) return false;
    return true;
  }

  #take(character: string): boolean {
    if (this.#text.charAt(this.at) !== character) return false;
    this.at += 1;
    return true;
  }

  #takeAny(characters: string): boolean {
    const character = this.#text.charAt(this.at);
    return character !== "" && characters.includes(character) && this.#take(character);
  }
}

// Past the end, the character code is NaN, which matches none of these.

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** An ordinary character of a string: not its end, an escape or a control character. */
function isPlain(code: number): boolean {
  return code >= 0x20 && code !== 0x22 && code !== 0x5c;
}
