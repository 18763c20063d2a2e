import { execFileSync } from "node:child_process";

/** `npx` starts a shell, that starts pnpm, that starts this. */
const GENERATIONS = 3;

/**
 * The processes to watch, because this program has to stop when one of them is stopped from outside: the one that
 * runs the script, and its parents up to `npx`, which ends on a signal without passing it on. Parents further up may
 * end while this program continues.
 */
export function launchers(): number[] {
  const pids = [process.ppid];
  for (const pid of pids) {
    if (/\bnpx\b|\bnpm exec\b/.test(ask(pid, "args"))) return pids;
    const parent = Number(ask(pid, "ppid"));
    if (parent > 1 && pids.length <= GENERATIONS) pids.push(parent);
  }
  return [process.ppid];
}

/** The output of `ps` for a process; empty on a system without `ps`. */
function ask(pid: number, field: "ppid" | "args"): string {
  try {
    return execFileSync("ps", ["-o", `${field}=`, "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}
