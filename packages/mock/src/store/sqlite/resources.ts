import type { DatabaseSync } from "node:sqlite";
import { hiddenOwner, keptText } from "../hidden.ts";
import type { Change, Kept, Resources } from "../store.ts";

/** The resources in an SQLite file that has their table. */
export function sqliteResources(
  database: DatabaseSync,
  together: (work: () => boolean) => boolean,
): Resources & { add(created: readonly Kept[]): void } {
  const find = database.prepare("SELECT kept FROM resources WHERE owner = ? AND id = ?");
  const put = database.prepare(
    "INSERT INTO resources (owner, id, kept) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET kept = excluded.kept",
  );
  const replace = database.prepare("UPDATE resources SET kept = ? WHERE owner = ? AND id = ? AND kept = ?");
  const remove = database.prepare("DELETE FROM resources WHERE owner = ? AND id = ? AND kept = ?");
  const list = database.prepare("SELECT kept FROM resources WHERE owner = ? ORDER BY number DESC");
  const named = database.prepare("SELECT kept FROM resources WHERE id = ?");
  const all = database.prepare("SELECT kept FROM resources ORDER BY number DESC");
  const add = (created: readonly Kept[]) => {
    for (const kept of created) put.run(...columnsOf(kept));
  };
  const isMade = ({ found, next }: Change): boolean => {
    if (found === undefined) {
      if (next !== undefined) add([next]);
      return true;
    }
    const { owner, id } = found;
    const { changes } =
      next === undefined
        ? remove.run(owner, id, JSON.stringify(found))
        : replace.run(columnsOf(next)[2], owner, id, JSON.stringify(found));
    return Number(changes) === 1;
  };
  return {
    find(owner, id): Kept | undefined {
      const row = find.get(hiddenOwner(owner), id);
      return row === undefined ? undefined : JSON.parse(String(row["kept"]));
    },
    add,
    change(changes) {
      const [only, ...others] = changes;
      if (only === undefined) return true;
      return others.length === 0 ? isMade(only) : together(() => changes.every(isMade));
    },
    list: (owner): Kept[] => list.all(hiddenOwner(owner)).map((row) => JSON.parse(String(row["kept"]))),
    named(id): Kept | undefined {
      const row = named.get(id);
      return row === undefined ? undefined : JSON.parse(String(row["kept"]));
    },
    all: (): Kept[] => all.all().map((row) => JSON.parse(String(row["kept"]))),
  };
}

/** What is in the columns `owner`, `id` and `kept`. */
function columnsOf(kept: Kept): [owner: string, id: string, kept: string] {
  const owner = hiddenOwner(kept.owner);
  return [owner, kept.id, keptText(kept, owner)];
}
