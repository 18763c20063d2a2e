import type { Plugin } from "rolldown";

const POSTMAN = "@stoplight/http-spec/postman/operation";

/** Packages of which another file than usual is taken. */
const OTHER_FILES: Readonly<Record<string, string>> = {
  "@faker-js/faker": "@faker-js/faker/locale/en",
  // The usual one finds its parts in a way that no bundler sees.
  "jsonc-parser": "jsonc-parser/lib/esm/main.js",
};

/** Modules that are made up. */
const INSTEAD: Readonly<Record<string, string>> = {
  [POSTMAN]: "exports.transformPostmanCollectionOperations = () => { throw new Error('no Postman'); };",
  // As Node has them, without the warning about `url.parse` that only a change of Prism could silence.
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
 * Fits Prism into a bundle. Left out is what an OpenAPI document never reaches: the reader of Postman collections, and
 * Faker's words in seventy languages other than the English that it is asked for. They are nearly half of it.
 */
export function prismParts(): Plugin {
  return {
    name: "prism-parts",
    resolveId(source, importer) {
      if (Object.hasOwn(INSTEAD, source)) return `\0${source}`;
      // Node's own is deprecated, and says so on the terminal. Code that asks for it does not bring another: we do.
      if (source === "punycode") return this.resolve("punycode/punycode.js", import.meta.filename);
      const other = OTHER_FILES[source];
      return other === undefined ? undefined : this.resolve(other, importer, { skipSelf: true });
    },
    load(id) {
      return id.startsWith("\0") ? INSTEAD[id.slice(1)] : undefined;
    },
    transform(code, id) {
      // It exports by `this`, which bundlers take for a module's.
      return /[\\/]uri-template-lite[\\/]index\.js$/.test(id)
        ? code.replaceAll("this.URI", "exports.URI")
        : undefined;
    },
  };
}
