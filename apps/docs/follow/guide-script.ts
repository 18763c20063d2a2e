import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import MarkdownIt from "markdown-it";

/** A guide as the steps that a reader takes, in order. */
export interface Guide {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Whether it begins where the steps 1 and 2 of the first guide end. */
  readonly isContinued: boolean;
}

interface Step {
  readonly language: string;
  /** The file that the reader writes; empty for commands. */
  readonly file: string;
  readonly text: string;
}

const GUIDES = fileURLToPath(new URL("../content/guides/", import.meta.url));
export const FIRST = "getting-started.md";

/** All guides with something to do in them. */
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

/** What a reader has of their own, and what needs a person, a clone or credentials: not followed, and said. */
const LEFT_OUT: readonly (readonly [RegExp, string])[] = [
  [/pnpm@12 release:pack|tarballs\/\*\.tgz/, "done once, before all guides"],
  [/staging\.example\.com/, "a server of the reader"],
  [/outbox (retry|settle|acknowledge)/, "needs rows that went wrong"],
  [/postgres:\/\//, "a database of the reader"],
  [/:8080/, "a server of the reader"],
];

interface Written {
  /** A program for bash that does what the guide says. */
  readonly script: string;
  readonly leftOut: readonly string[];
}

/**
 * A guide as one program. Packages that are published from here come from their tarballs; the mock runs in the
 * background, as in a second terminal; the rest is as it is written.
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
  // What runs in CI needs that.
  if (language === "yaml") return [];
  const written = `cat > ${file} <<'END_OF_FILE'\n${text.trimEnd()}\nEND_OF_FILE`;
  // A reader runs a program, whether the guide says how or not; what exports something is for another file.
  const isProgram = language === "ts" && !/^export /m.test(text) && !commands.includes(file);
  return isProgram ? [written, `node ${file}`] : [written];
}

function commandsOf({ steps }: Guide): string[] {
  return steps.filter(({ language }) => language === "sh").flatMap(({ text }) => commandsIn(text));
}

/** A command over several lines is one; commands below each other are several. */
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
    // Started once more, it takes the place of the one before, as it does when a reader stops that.
    return `if [ -n "$MOCK" ]; then kill -- -$MOCK; wait $MOCK || true; fi
setsid ${line} & MOCK=$!
timeout 60 sh -c 'until curl --silent --output /dev/null http://127.0.0.1:4010/__mock/clock; do sleep 0.2; done'`;
  }
  // The question is answered.
  return /outbox run /.test(line) && !line.includes("--dry-run") ? `${line} --yes` : line;
}
