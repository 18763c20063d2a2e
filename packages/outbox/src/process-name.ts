import { hostname } from "node:os";

/** The machine and the process, for people. */
export function processName(): string {
  return `${hostname()} ${process.pid}`;
}
