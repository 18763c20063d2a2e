import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject, type JsonObject } from "@dots-payouts/openapi";
import { Problem } from "../repository/problem.ts";

/**
 * Completes a bill of materials (CycloneDX) of installed packages with what some of them bring in bundles of their own,
 * where no package manager sees it: they list it in `dist/bundled.cdx.json`.
 * @param text the bill, as JSON
 * @param packages the names of those that may
 * @param folder where they are installed
 * @throws Problem if the bill or a list is invalid.
 */
export async function completeBill(
  text: string,
  packages: readonly string[],
  folder: string,
): Promise<string> {
  const { bill, components } = read(text, "The bill of materials");
  const known = new Set(components.map(({ purl }) => purl));
  const listed = Array.isArray(bill["dependencies"]) ? bill["dependencies"] : [];
  const dependencies = listed.filter(isObject).map((dependency) => ({ ...dependency }));
  const added: JsonObject[] = [];
  for (const name of packages) {
    const file = join(folder, "node_modules", name, "dist/bundled.cdx.json");
    const list = await readFile(file, "utf8").catch(() => undefined);
    if (list === undefined) continue;
    const bundled = read(list, file);
    const fresh = bundled.components.filter(({ purl }) => !known.has(purl));
    for (const { purl } of fresh) known.add(purl);
    added.push(...fresh);
    const owner = components.find((component) => isNamed(component, name));
    const entry = dependencies.find(({ ref }) => owner !== undefined && ref === owner["bom-ref"]);
    if (entry === undefined) throw new Problem(`${name} is not in the bill of materials.`);
    const direct = Array.isArray(entry["dependsOn"]) ? entry["dependsOn"] : [];
    entry["dependsOn"] = [...direct, ...fresh.flatMap((component) => component["bom-ref"] ?? [])];
  }
  return JSON.stringify({ ...bill, components: [...components, ...added], dependencies }, null, 2);
}

/** CycloneDX has the scope of a name in `group`, or in the name; its URL has it in any case. */
function isNamed({ purl }: JsonObject, name: string): boolean {
  return typeof purl === "string" && purl.startsWith(`pkg:npm/${name.replace("@", "%40")}@`);
}

function read(text: string, name: string): { bill: JsonObject; components: JsonObject[] } {
  let bill: unknown;
  try {
    bill = JSON.parse(text);
  } catch {
    throw new Problem(`${name} is not JSON.`);
  }
  const components = isObject(bill) ? bill["components"] : undefined;
  if (!isObject(bill) || !Array.isArray(components)) throw new Problem(`${name} has no components.`);
  return { bill, components: components.filter(isObject) };
}
