import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import MarkdownIt from "markdown-it";

/** A guide as a sequence of steps for its reader. */
export interface Guide {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Whether it starts after steps 1 and 2 of the first guide. */
  readonly isContinued: boolean;
}

interface Step {
  readonly language: string;
  /** The file that the reader creates; empty for commands. */
  readonly file: string;
  readonly text: string;
}

const GUIDES = fileURLToPath(new URL("../content/guides/", import.meta.url));
export const FIRST = "getting-started.md";

/** All guides that contain steps. */
export function listGuides(): Guide[] {
  const markdown = new MarkdownIt();
  return readdirSync(GUIDES)
    .filter((name) => name.endsWith(".md"))
    .map((name) => {
      const source = readFileSync(GUIDES + name, "utf8");
      const steps = markdown
        .parse(source, {})
        .filter(({ type }) => type === "fence")
        .map(({ info, content }) => {
          const [language = "", file = ""] = info.split(" ");
          return { language, file, text: content };
        });
      return { name, steps, isContinued: /steps 1 and 2/i.test(source) };
    })
    .filter(({ steps }) => steps.length > 0);
}

/**
 * Commands that depend on the reader's own files, or need a person, a clone or credentials. They are skipped and
 * reported.
 */
const LEFT_OUT: readonly (readonly [RegExp, string])[] = [
  [/pnpm@12 release:pack|tarballs\/\*\.tgz/, "done once, before all guides"],
  [/staging\.example\.com/, "a server of the reader"],
  [/outbox (retry|settle|acknowledge)/, "needs rows that went wrong"],
  [/postgres:\/\//, "a database of the reader"],
  [/:8080/, "a server of the reader"],
];

interface Written {
  /** A bash program that follows the guide. */
  readonly script: string;
  readonly leftOut: readonly string[];
}

/**
 * A guide as one program. Our own packages are installed from tarballs, and the mock runs in the background instead
 * of a second terminal. Everything else is unchanged.
 */
export function scriptOf(guide: Guide, first: Guide, tarballs: string): Written {
  const leftOut: string[] = [];
  const said = guide.steps.filter(({ language }) => language === "sh").map(({ text }) => text);
  const before = guide.isContinued ? commandsOf(first).slice(0, 4) : [];
  const lines = [...before, ...guide.steps.flatMap((step) => stepLines(step, said.join("\n")))].flatMap(
    (line) => {
      const reason = LEFT_OUT.find(([pattern]) => pattern.test(line))?.[1];
      if (reason === undefined) return [bashLine(line, tarballs)];
      leftOut.push(`${line.split("\n")[0]} (${reason})`);
      return [];
    },
  );
  return {
    script: ["set -euo pipefail", "MOCK=", `trap '[ -z "$MOCK" ] || kill -- -$MOCK' EXIT`, ...lines].join(
      "\n",
    ),
    leftOut,
  };
}

function stepLines({ language, file, text }: Step, commands: string): string[] {
  if (language === "sh") return commandsIn(text);
  // Only in CI.
  if (language === "yaml") return [];
  const written = `cat > ${file} <<'END_OF_FILE'\n${text.trimEnd()}\nEND_OF_FILE`;
  // Readers run programs even if the guide does not say how. Files with exports are for other files.
  const isProgram = language === "ts" && !/^export /m.test(text) && !commands.includes(file);
  return isProgram ? [written, `node ${file}`] : [written];
}

function commandsOf({ steps }: Guide): string[] {
  return steps.filter(({ language }) => language === "sh").flatMap(({ text }) => commandsIn(text));
}

/** A command can have several lines, and a block several commands. */
function commandsIn(text: string): string[] {
  return text.trim().split(/(?<!\\)\n(?! |done)/);
}

function bashLine(line: string, tarballs: string): string {
  if (line.startsWith("npm install") && line.includes("@dots-payouts/")) {
    const others = line.replace(/^npm install/, "").replaceAll(/ @dots-payouts\/\S+/g, "");
    const rest = others.replaceAll(/ --save-dev/g, "").trim();
    return `npm install --no-audit --no-fund ${tarballs}/*.tgz${rest === "" ? "" : ` ${rest}`}`;
  }
  if (/^npx @dots-payouts\/mock/.test(line)) {
    // When started again, the new mock replaces the previous one, like a reader who stops the first.
    return `if [ -n "$MOCK" ]; then kill -- -$MOCK; wait $MOCK || true; fi
setsid ${line} & MOCK=$!
timeout 60 sh -c 'until curl --silent --output /dev/null http://127.0.0.1:4010/__mock/clock; do sleep 0.2; done'`;
  }
  // Answers the question.
  return /outbox run /.test(line) && !line.includes("--dry-run") ? `${line} --yes` : line;
}
