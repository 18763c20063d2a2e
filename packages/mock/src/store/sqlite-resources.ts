import type { DatabaseSync } from "node:sqlite";
import type { Json } from "@dots-payouts/openapi";
import type { Created, IdAndResource } from "./store.ts";

/** The resources in an SQLite file that has the table for them. */
export function sqliteResources(database: DatabaseSync) {
  const find = database.prepare("SELECT resource FROM resources WHERE owner = ? AND id = ?");
  const add = database.prepare(
    "INSERT INTO resources (owner, id, resource) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET resource = excluded.resource",
  );
  const replace = database.prepare(
    "UPDATE resources SET resource = ? WHERE owner = ? AND id = ? AND resource = ?",
  );
  const remove = database.prepare("DELETE FROM resources WHERE owner = ? AND id = ?");
  const list = database.prepare("SELECT id, resource FROM resources WHERE owner = ? ORDER BY number DESC");
  return {
    find(owner: string, id: string): Json | undefined {
      const row = find.get(owner, id);
      return row === undefined ? undefined : JSON.parse(String(row["resource"]));
    },
    add({ owner, id, resource }: Created): void {
      add.run(owner, id, JSON.stringify(resource));
    },
    replace({ owner, id, resource }: Created, found: Json): boolean {
      const { changes } = replace.run(JSON.stringify(resource), owner, id, JSON.stringify(found));
      return Number(changes) === 1;
    },
    remove: (owner: string, id: string): boolean => Number(remove.run(owner, id).changes) === 1,
    list: (owner: string): IdAndResource[] =>
      list.all(owner).map((row) => [String(row["id"]), JSON.parse(String(row["resource"]))]),
  };
}
