import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Code in the bundle that our pages must not run, how often it appears, and its replacement. */
interface Change {
  readonly what: string;
  readonly pattern: RegExp;
  readonly times: number;
  readonly replacement: string;
}

// The logo comes from a CDN. Its name replaces it, in a gray that is readable on light and dark.
const LOGO =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='38' height='14'>" +
  "<text y='11' font-family='sans-serif' font-size='11' font-weight='bold' fill='%23808080'>Redoc</text></svg>";

const CHANGES: readonly Change[] = [
  {
    what: "load its logo",
    pattern: /`https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg`/g,
    times: 2,
    replacement: `\`${LOGO}\``,
  },
  {
    what: "greet on the console",
    pattern: /console\.info\(`\\n%c Redoc %c [^)]*\)/g,
    times: 1,
    replacement: "undefined",
  },
];

/** Redoc has no option for these. With many operations they stay: Redoc then only draws what is on the screen. */
const CHANGES_FOR_FEW: readonly Change[] = [
  {
    what: "hide the operations of a tag behind a click",
    pattern:
      /return (\w+)\.active\|\|\1\.hasActiveSubItem\|\|\1\.expanded===`true`\|\|\1\.expanded===`always`/g,
    times: 1,
    replacement: "return true",
  },
  {
    what: "offer to show the operations of a tag",
    pattern:
      /return\[(\w+),\w+\(\1\)\]\.some\((\w+)=>(\w+)===\2\|\|\3\.endsWith\(\2\)\|\|\3\.includes\(\2\+`\/`\)\)/g,
    times: 1,
    replacement: "return true",
  },
  {
    what: "leave out the operations of other tags",
    pattern: /shouldRenderOps:(?=\w+\.sectionId===)/g,
    times: 1,
    replacement: "shouldRenderOps:!0||",
  },
  {
    what: "show the operations of the chosen tag alone",
    pattern: /return (\w)\?\1===(\w)\|\|\1\.startsWith\(\2\+`\/`\):!1/g,
    times: 1,
    replacement: "return true",
  },
  {
    what: "draw an operation once it is scrolled to",
    pattern: /\{forceMount:e=!1,(?=estimatedHeight:)/g,
    times: 1,
    replacement: "{forceMount:e=!0,",
  },
  {
    what: "draw a section once it is scrolled to",
    pattern: /\(\)=>\w\|\|\w+\.has\(\w\)(?=\);\w&&!\w&&\w\(!0\))/g,
    times: 1,
    replacement: "()=>!0",
  },
];

interface Shown {
  /** Whether the menu and the page show all operations, or only those of one tag. */
  readonly showAll: boolean;
}

/** The file that contains a bundle. */
export function redocFile({ showAll }: Shown): string {
  return showAll ? "redoc/whole.js" : "redoc/by-tag.js";
}

/**
 * Redoc's standalone bundle from `@redocly/cli`, changed so that it loads nothing from other hosts and prints nothing
 * on the console.
 * @throws Error if a new version has different code in these places.
 */
export async function readRedocBundle({ showAll }: Shown): Promise<string> {
  const require = createRequire(import.meta.url);
  const file = join(dirname(require.resolve("@redocly/cli/package.json")), "lib/chunks/redoc.standalone.js");
  let source = await readFile(file, "utf8");
  for (const { what, pattern, times, replacement } of showAll ? [...CHANGES, ...CHANGES_FOR_FEW] : CHANGES) {
    const found = source.match(pattern)?.length ?? 0;
    if (found !== times) {
      throw new Error(
        `Redoc has changed how it comes to ${what}: ${found} places in ${file}, ${times} expected`,
      );
    }
    source = source.replaceAll(pattern, () => replacement);
  }
  return source;
}
