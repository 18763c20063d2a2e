import { styleText } from "node:util";

/** A line of turbo's `--json` output. */
interface LogEntry {
  /** `turbo` itself, or a task: `package#task`. */
  readonly source: string;
  readonly text: string;
}

/** Callbacks for a run of the pipeline. */
export interface Listener {
  /** One short line for each task that starts or comes from the cache. */
  say(line: string): void;
  /** The spec's bundle is ready; the rest is still being built. */
  bundled(): void;
}

/** Reads turbo's log. A task's output is kept, and only shown if the task fails. */
export class TaskLog {
  readonly #output = new Map<string, string[]>();
  #cached = 0;
  #failed: readonly string[] = [];
  readonly #listener: Listener;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** Reads one line of the log. */
  read(line: string): void {
    const entry = parseEntry(line);
    if (entry === undefined) return;
    if (entry.source === "turbo") {
      const failed = /^Failed:\s+(.*)$/.exec(entry.text)?.[1];
      if (failed !== undefined) this.#failed = failed.split(", ");
      return;
    }
    const output = this.#output.get(entry.source);
    if (output !== undefined) {
      // pnpm writes the command that it runs in two pieces, which arrive as one or two lines.
      if (output.at(-1) === "$ ") output.pop();
      else output.push(entry.text);
      if (isBundled(entry)) this.#listener.bundled();
      return;
    }
    const cached = entry.text.startsWith("cache hit");
    if (cached) this.#cached += 1;
    this.#output.set(entry.source, []);
    this.#listener.say(styleText("dim", `  ${taskName(entry.source)}${cached ? ", unchanged" : ""}`));
  }

  /** How many tasks ran, and how many came from the cache. */
  count(): { ran: number; cached: number } {
    return { ran: this.#output.size - this.#cached, cached: this.#cached };
  }

  /** The output of the failed tasks, without that of the tools that ran them. */
  failures(): string[] {
    return this.#failed.flatMap((source) => [
      styleText("red", `${taskName(source)} failed:`),
      ...(this.#output.get(source) ?? [])
        .filter((line) => !/^\[ELIFECYCLE\]|^\$ /.test(line))
        .map((line) => `  ${line}`),
    ]);
  }
}

function parseEntry(line: string): LogEntry | undefined {
  if (!line.startsWith("{")) return undefined;
  const entry: unknown = JSON.parse(line);
  if (typeof entry !== "object" || entry === null || !("source" in entry) || !("text" in entry))
    return undefined;
  const { source, text } = entry;
  return typeof source === "string" && typeof text === "string" ? { source, text } : undefined;
}

/** Whether the bundling task reports that the bundle is ready; nobody has to wait for the rest of it. */
function isBundled({ source, text }: LogEntry): boolean {
  return source.endsWith("/spec#bundle") && text.startsWith("Bundled into ");
}

function taskName(source: string): string {
  const [packageName = source, task = ""] = source.split("#");
  return `${task} ${packageName.replace(/^@[\w-]+\//, "")}`;
}
