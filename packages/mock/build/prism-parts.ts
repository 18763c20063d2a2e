import type { Plugin } from "rolldown";

const POSTMAN = "@stoplight/http-spec/postman/operation";

/** Packages of which an unusual file is used. */
const OTHER_FILES: Readonly<Record<string, string>> = {
  "@faker-js/faker": "@faker-js/faker/locale/en",
  // The usual file loads its parts in a way that bundlers don't recognize.
  "jsonc-parser": "jsonc-parser/lib/esm/main.js",
};

/** Replacements for modules. */
const INSTEAD: Readonly<Record<string, string>> = {
  [POSTMAN]: "exports.transformPostmanCollectionOperations = () => { throw new Error('no Postman'); };",
  // Node's functions, without the warning about `url.parse`, which only a change of Prism could remove.
  url: `
    const url = require("node:url");
    const parse = (text, query, slashes) => {
      const parsed = new url.Url();
      parsed.parse(text, query, slashes);
      return parsed;
    };
    const resolve = (from, to) => parse(from, false, true).resolveObject(to).format();
    module.exports = { ...url, parse, resolve };
  `,
};

/**
 * Makes Prism fit into a bundle. Code that an OpenAPI document never reaches is left out: the reader of Postman
 * collections, and Faker's words in seventy languages other than English. They are nearly half of it.
 */
export function prismParts(): Plugin {
  return {
    name: "prism-parts",
    resolveId(source, importer) {
      if (Object.hasOwn(INSTEAD, source)) return `\0${source}`;
      // Node's own module is deprecated, and prints a warning. Prism's code does not bring a replacement, so we do.
      if (source === "punycode") return this.resolve("punycode/punycode.js", import.meta.filename);
      const other = OTHER_FILES[source];
      return other === undefined ? undefined : this.resolve(other, importer, { skipSelf: true });
    },
    load(id) {
      return id.startsWith("\0") ? INSTEAD[id.slice(1)] : undefined;
    },
    transform(code, id) {
      // It exports with `this`, which bundlers treat as the module's.
      return /[\\/]uri-template-lite[\\/]index\.js$/.test(id)
        ? code.replaceAll("this.URI", "exports.URI")
        : undefined;
    },
  };
}
