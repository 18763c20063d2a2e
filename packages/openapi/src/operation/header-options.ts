import { DocumentError, type OpenApiDocument } from "../document/document.ts";
import { memoizeByObject } from "../memoize.ts";
import { listOperations } from "./list-operations.ts";

/** A header for which the client and tools have an option (`x-option`). */
export interface HeaderOption {
  /** The name of the option: `workspaceId`. */
  readonly option: string;
  /** The same as a command-line option, without leading dashes: `workspace-id`. */
  readonly flag: string;
  readonly header: string;
  readonly description: string | undefined;
}

/**
 * The header options of a document, in the order of its operations.
 * @throws DocumentError if two headers share an option
 */
export const listHeaderOptions: (document: OpenApiDocument) => readonly HeaderOption[] = memoizeByObject(
  (document) => {
    const options = new Map<string, HeaderOption>();
    for (const { parameters, pointer } of listOperations(document)) {
      for (const { option, name, description, in: place } of parameters) {
        if (option === undefined || place !== "header") continue;
        const known = options.get(option);
        if (known !== undefined && known.header.toLowerCase() !== name.toLowerCase()) {
          throw new DocumentError(
            pointer,
            `the option ${option} is for two headers, ${known.header} and ${name}`,
          );
        }
        options.set(option, known ?? { option, flag: flagOf(option), header: name, description });
      }
    }
    return [...options.values()];
  },
);

function flagOf(option: string): string {
  return option.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
