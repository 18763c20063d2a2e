/** A value of a path parameter that is hard to read. */
export interface HardPathValue {
  readonly id: string;
  readonly words: string;
  /** Its form in a URL, percent-encoded or deliberately not. */
  readonly segment: string;
}

/** Values that name nothing, but crash careless servers or escape their path. */
export const hardPathValues: readonly HardPathValue[] = [
  { id: "path-text", words: "a path parameter that is just a word", segment: "contract-suite" },
  { id: "path-long", words: "a path parameter of 2,000 characters", segment: "a".repeat(2_000) },
  { id: "path-nul", words: "NUL in a path parameter", segment: "a%00b" },
  { id: "path-bytes", words: "bytes in a path parameter that are not UTF-8", segment: "%ff%fe" },
  { id: "path-escape", words: "a broken percent escape in a path parameter", segment: "%zz" },
  { id: "path-up", words: "an encoded slash in a path parameter", segment: "..%2f..%2fcontract-suite" },
  { id: "path-quote", words: "a quote in a path parameter", segment: "'%20or%20'1'='1" },
  { id: "path-proto", words: "the path parameter __proto__", segment: "__proto__" },
];
