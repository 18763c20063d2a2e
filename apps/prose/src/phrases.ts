/** Words that read like a translation, or like an old book, and what people write today. */
export const PHRASES: readonly { readonly find: RegExp; readonly say: string }[] = [
  { find: /\bwhoever\b/i, say: "anyone who, the caller, the code that" },
  { find: /\bmend(s|ed|ing)?\b/i, say: "fix" },
  { find: /\b(an?|no|each|every) [\w`.-]+ of (its|their) own\b/i, say: "its own …" },
  { find: /\b(that|which) (is|are) none\b/i, say: "is not one, is invalid, is missing" },
  { find: /\bstands? (in|before|under|beside|at)\b/i, say: "is in, is before" },
  { find: /\banew\b/i, say: "again" },
  {
    find: /\b(upon|wherein|thereof|therein|whatsoever|heretofore|lest|albeit|whilst|amiss)\b/,
    say: "a word of today",
  },
  { find: /\bshall\b/i, say: "must, will" },
  { find: /\bdearest\b/i, say: "most expensive, slowest" },
  { find: /\bgoes above\b/i, say: "overrides, exceeds" },
  { find: /\bburns? (no|a|the|its) key/i, say: "uses up the key" },
  { find: /\bto who asks\b/i, say: "to anyone who asks" },
  { find: /\bsee(n|s)? to it that\b/i, say: "make sure that" },
];
