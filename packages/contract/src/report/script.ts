import { shellWord } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { type Exchange, isAnswer } from "../http/request.ts";
import { sendCommand } from "./shell.ts";

/** How many requests of a cause a script sends: earlier ones add nothing. */
const SHOWN = 6;
/** The longest answer in a comment, in characters. */
const LONGEST = 300;

/** A POSIX shell script that reproduces a broken promise, with keys that were never used before. */
export function repeatScript(broken: BrokenPromise, base: URL): string {
  const exchanges = broken.exchanges.slice(-SHOWN);
  const keys = variablesFor(exchanges);
  const send = ({ request }: Exchange): string => sendCommand(request, base, keys);
  const [first] = exchanges;
  const lines = [...nameKeys(keys)];
  if (broken.atOnce !== undefined && first !== undefined) {
    const { count, ownKeys } = broken.atOnce;
    // Each process makes its own key, if each request had one.
    const command = ownKeys ? [...nameKeys(keys), send(first)].join("; ") : send(first);
    const names = ownKeys ? [] : [...keys.values()];
    if (names.length > 0) lines.push(`export ${names.join(" ")}`);
    lines.push(`# ${count} requests at once`);
    lines.push(`seq ${count} | xargs -P ${count} -n 1 sh -c ${shellWord(command)}`);
    return withHeader(broken, ownKeys ? lines.slice(keys.size) : lines);
  }
  for (const [index, exchange] of exchanges.entries()) {
    if (index > 0 && index === exchanges.length - 1) lines.push(...between(broken, base, exchange));
    lines.push(`# ${index + 1}. ${answerOf(exchange)}`, send(exchange), "echo");
  }
  return withHeader(broken, lines);
}

function withHeader({ cause, expected, place }: BrokenPromise, lines: readonly string[]): string {
  const header = [cause, `Promised: ${expected}`, `In the spec: #${place}`];
  const comments = header.map((text) => `# ${text.replace(/\s+/g, " ")}`);
  return `${["#!/bin/sh", ...comments, "", ...lines].join("\n")}\n`;
}

/** What must happen before the last request, besides the other requests. */
function between({ between: gap }: BrokenPromise, base: URL, { request }: Exchange): string[] {
  if (gap === undefined) return [];
  if (gap.seconds !== undefined) return [`sleep ${gap.seconds}`];
  const keys = new Map(request.key === undefined ? [] : [[request.key, "OTHER"]]);
  const other = `OTHER=${newKey("A-F a-f")}; ${sendCommand(request, base, keys)} -o /dev/null`;
  return [`# ${gap.others} other keys`, `seq ${gap.others} | xargs -P 16 -n 1 sh -c ${shellWord(other)}`];
}

function answerOf({ request, outcome }: Exchange): string {
  const answer = isAnswer(outcome) ? `${outcome.status} ${outcome.body}` : outcome.message;
  const text = answer.replace(/\s+/g, " ").trim();
  return `${request.method} was answered with ${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}`;
}

/** A shell variable for each key that was sent. */
function variablesFor(exchanges: readonly Exchange[]): Map<string, string> {
  const keys = [...new Set(exchanges.flatMap(({ request }) => request.key ?? []))];
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  const fresh = keys.filter((key) => isUuid.test(key));
  return new Map(fresh.map((key, index) => [key, fresh.length === 1 ? "KEY" : `KEY${index + 1}`]));
}

/** Makes keys that differ from each other in the same way as those that were sent. */
function nameKeys(keys: ReadonlyMap<string, string>): string[] {
  const [[first, name] = ["", ""], ...others] = keys;
  if (name === "") return [];
  const like = others.map(([key, variable]) => {
    if (key.toLowerCase() === first.toLowerCase())
      return `${variable}=$(printf %s "$${name}" | tr ${key === key.toLowerCase() ? "A-F a-f" : "a-f A-F"})`;
    if (key.slice(0, -1) === first.slice(0, -1)) return `${variable}="\${${name}%?}${key.slice(-1)}"`;
    if (key.slice(1) === first.slice(1)) return `${variable}="${key.slice(0, 1)}\${${name}#?}"`;
    return `${variable}=${newKey("A-F a-f")}`;
  });
  const isNear = like.some((line) => line.includes("%?") || line.includes("#?"));
  const upper = first !== first.toLowerCase() ? "a-f A-F" : "A-F a-f";
  return [
    `${name}=${newKey(upper)}`,
    ...(isNear
      ? [`${name}="${first.slice(0, 1)}\${${name}#?}"`, `${name}="\${${name}%?}${first.slice(-1)}"`]
      : []),
    ...like,
  ];
}

/** Makes a UUID in a shell. Not every Linux has uuidgen. */
function newKey(letters: string): string {
  return `$( (uuidgen || cat /proc/sys/kernel/random/uuid) 2>/dev/null | tr ${letters})`;
}
