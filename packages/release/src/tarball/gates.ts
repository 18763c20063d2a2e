import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import type { Tarball } from "./tarball.ts";

/** In bytes. */
export interface Budget {
  readonly packed: number;
  readonly unpacked: number;
}

const ALLOWED =
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|bin\/[\w-]+\.js|public\/[\w-]+\.(js|css|html)|dist\/THIRD-PARTY-NOTICES\.txt|dist\/[\w./-]+\.(mjs|cjs|d\.mts|d\.cts|json|yaml|css|html))$/;
const NEEDED = ["package.json", "README.md", "LICENSE"];
const SCRIPTS = [
  "preinstall",
  "install",
  "postinstall",
  "prepublish",
  "preprepare",
  "prepare",
  "postprepare",
];

/** The repository's address: written by the release workflow, all fields together. */
const ADDRESS = ["repository", "homepage", "bugs"];
/** An exact version would keep npm from sharing the package with the user's other dependencies. */
const EXACT = /^\d+\.\d+\.\d+$/;

/** Why a tarball cannot be published; each problem is a sentence. */
export function tarballProblems(tarball: Tarball, budget: Budget | undefined): string[] {
  return [
    ...fileProblems(tarball),
    ...sizeProblems(tarball, budget),
    ...manifestProblems(tarball.manifest),
    ...targetProblems(tarball),
    ...linkProblems(tarball),
  ];
}

function fileProblems({ files }: Tarball): string[] {
  const strays = [...files.keys()].filter((file) => !ALLOWED.test(file));
  const missing = NEEDED.filter((file) => !files.has(file));
  return [
    ...strays.map((file) => `${file} does not belong in the package.`),
    ...missing.map((file) => `${file} is missing.`),
  ];
}

function sizeProblems({ files, packed }: Tarball, budget: Budget | undefined): string[] {
  if (budget === undefined) return ["No budget is set for the package in packages/release/budgets.json."];
  const unpacked = [...files.values()].reduce((sum, size) => sum + size, 0);
  const over = (what: string, size: number, limit: number): string[] =>
    size <= limit ? [] : [`It is ${size} bytes ${what}, but only ${limit} are allowed.`];
  return [...over("packed", packed, budget.packed), ...over("unpacked", unpacked, budget.unpacked)];
}

function manifestProblems(manifest: JsonObject): string[] {
  const problems: string[] = [];
  if (manifest["private"] === true) problems.push("The package is private.");
  if (manifest["license"] !== "MIT") problems.push("The license is not MIT.");
  if (!Array.isArray(manifest["keywords"]) || manifest["keywords"].length === 0) {
    problems.push("There are no keywords for the registry's search.");
  }
  if (typeof manifest["author"] !== "string") problems.push("There is no author.");
  const address = ADDRESS.filter((name) => manifest[name] !== undefined);
  if (address.length > 0 && address.length < ADDRESS.length) {
    problems.push(`Of ${ADDRESS.join(", ")}, it only has ${address.join(", ")}.`);
  }
  if (manifest["devDependencies"] !== undefined) {
    problems.push("devDependencies are useless for users, and name unpublished packages.");
  }
  const scripts = isObject(manifest["scripts"]) ? Object.keys(manifest["scripts"]) : [];
  for (const script of scripts.filter((name) => SCRIPTS.includes(name))) {
    problems.push(`The script ${script} would run on the user's machine.`);
  }
  for (const kind of ["dependencies", "peerDependencies", "optionalDependencies"]) {
    const dependencies = manifest[kind];
    for (const [name, range] of Object.entries(isObject(dependencies) ? dependencies : {})) {
      if (/^(workspace|catalog|link|file|git|https?):/.test(String(range))) {
        problems.push(`${kind} requires ${name} as ${range}, which no registry has.`);
      }
      if (EXACT.test(String(range))) {
        problems.push(
          `${kind} requires exactly ${name} ${range}: use a range, so that npm can share it and install fixes.`,
        );
      }
    }
  }
  return problems;
}

/** The package must contain the files that the manifest points to. */
function targetProblems({ manifest, files }: Tarball): string[] {
  const targets = [manifest["exports"], manifest["bin"], manifest["main"], manifest["types"]].flatMap(
    textsIn,
  );
  return [...new Set(targets)]
    .map((target) => target.replace(/^\.\//, ""))
    .filter((target) => !target.includes("*") && !files.has(target))
    .map((target) => `The manifest points to ${target}, which is not in the package.`);
}

const CODE = /^(```|~~~)[\s\S]*?^\1|`[^`\n]*`/gm;
const LINK = /\]\(<?([^)>\s]+)|^\[[^\]]+\]:\s*<?([^>\s]+)|\b(?:href|src)="([^"]+)"/gm;
const ABSOLUTE = /^(https?:|mailto:|#)/;

/** Registries show the readme without the repository around it, so relative links must stay in the package. */
function linkProblems({ readme, files }: Tarball): string[] {
  const links = [...readme.replace(CODE, "").matchAll(LINK)].map(([, inline, reference, html]) =>
    String(inline ?? reference ?? html),
  );
  return [...new Set(links)]
    .filter((link) => !ABSOLUTE.test(link))
    .filter((link) => !files.has(link.replace(/^\.\//, "").replace(/#.*$/, "")))
    .map((link) => `README.md links to ${link}, which is not in the package.`);
}

function textsIn(node: Json | undefined): string[] {
  if (typeof node === "string") return [node];
  if (Array.isArray(node)) return node.flatMap(textsIn);
  return isObject(node) ? Object.values(node).flatMap(textsIn) : [];
}
