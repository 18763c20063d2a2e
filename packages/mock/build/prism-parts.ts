import type { Plugin } from "rolldown";

const POSTMAN = "@stoplight/http-spec/postman/operation";
/** Packages of which another file than usual is taken. */
const OTHER_FILES: Readonly<Record<string, string>> = {
  "@faker-js/faker": "@faker-js/faker/locale/en",
  // The usual one finds its parts in a way that no bundler sees.
  "jsonc-parser": "jsonc-parser/lib/esm/main.js",
};

/**
 * Leaves out of a bundle of Prism what an OpenAPI document never reaches: the reader of Postman collections, and Faker's
 * words in seventy languages other than the English that it is asked for. They are nearly half of it.
 */
export function prismParts(): Plugin {
  return {
    name: "prism-parts",
    resolveId(source, importer) {
      if (source === POSTMAN) return `\0${POSTMAN}`;
      const other = OTHER_FILES[source];
      return other === undefined ? undefined : this.resolve(other, importer, { skipSelf: true });
    },
    load(id) {
      if (id !== `\0${POSTMAN}`) return undefined;
      return "export const transformPostmanCollectionOperations = () => { throw new Error('no Postman'); };";
    },
    transform(code, id) {
      // It exports by `this`, which bundlers take for a module's.
      return /[\\/]uri-template-lite[\\/]index\.js$/.test(id)
        ? code.replaceAll("this.URI", "exports.URI")
        : undefined;
    },
  };
}
