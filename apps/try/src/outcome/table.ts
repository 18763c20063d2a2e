import type { Outcome } from "./outcome.ts";

/** Below this width, a column of reasons is unreadable. */
const NARROWEST = 30;

/** The outcomes as a table of at most `width` characters a line: a place is before its reason, on its own lines. */
export function table(outcomes: readonly Outcome[], width: number): string {
  const steps = Math.max(...outcomes.map(({ step }) => step.length));
  const results = Math.max(...outcomes.map(({ result }) => result.length));
  const indent = steps + results + 4;
  const room = Math.max(width - indent, NARROWEST);
  return outcomes
    .flatMap(({ step, result, place, detail }) => {
      const lines = [...(place === undefined ? [] : cut(place, room)), ...wrap(detail, room)];
      const [first = "", ...others] = lines;
      const head = `${step.padEnd(steps)}  ${result.padEnd(results)}  ${first}`;
      return [head, ...others.map((line) => " ".repeat(indent) + line)].map((line) => line.trimEnd());
    })
    .join("\n");
}

/** Splits a text that must stay copyable: nothing is added or left out. */
function cut(text: string, room: number): string[] {
  return text.match(new RegExp(`.{1,${room}}`, "gsu")) ?? [];
}

function wrap(text: string, room: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.split(" ")) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + 1 + word.length <= room)
        lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(...(word === "" ? [""] : cut(word, room)));
    }
    return lines;
  });
}
