import { readFileSync } from "node:fs";
import { sharedChromium } from "@dots-payouts/chromium";
import { listLifeCycles } from "@dots-payouts/openapi";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMarkdown } from "../src/markdown/create-markdown.ts";
import { lifeUrl } from "../src/site/kind-address.ts";
import { bundle } from "./support/bundle.ts";
import { servedSite } from "./support/served-site.ts";

/** The parts of a drawing that overlap others. Runs in the page. */
function collisions(): string[] {
  const rectangle = (element: Element): DOMRect => element.getBoundingClientRect();
  const boxes = [...document.querySelectorAll(".states rect")].map((element) => ({
    name: element.parentElement?.textContent ?? "",
    at: rectangle(element),
  }));
  const words = [...document.querySelectorAll(".states svg text")].map((element) => ({
    name: element.textContent ?? "",
    at: rectangle(element),
    inBox: element.parentElement?.querySelector("rect") ?? undefined,
  }));
  const found: string[] = [];
  const overlap = (a: DOMRect, b: DOMRect): boolean =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  for (const [index, word] of words.entries()) {
    for (const other of words.slice(index + 1)) {
      if (overlap(word.at, other.at)) found.push(`the words ${word.name} and ${other.name}`);
    }
    const box = word.inBox === undefined ? undefined : rectangle(word.inBox);
    if (box !== undefined && (word.at.left < box.left || word.at.right > box.right))
      found.push(`${word.name} is wider than its box`);
  }
  for (const path of document.querySelectorAll<SVGPathElement>(".states svg path")) {
    const toScreen = path.getScreenCTM();
    if (toScreen === null) continue;
    const title = path.parentElement?.querySelector("title")?.textContent ?? "the line out of a box";
    for (let at = 0; at <= path.getTotalLength(); at += 2) {
      const { x, y } = path.getPointAtLength(at).matrixTransform(toScreen);
      const hits = ({ left, right, top, bottom }: DOMRect): boolean =>
        x > left + 0.5 && x < right - 0.5 && y > top + 0.5 && y < bottom - 0.5;
      for (const each of [...boxes, ...words]) {
        if (hits(each.at)) found.push(`${title} crosses ${each.name}`);
      }
    }
  }
  return [...new Set(found)];
}

/** The states that each line of the drawing connects, by the position of its dots and its arrow. */
function ties(): string[] {
  const boxes = [...document.querySelectorAll(".states rect")].map((element) => ({
    name: element.parentElement?.textContent ?? "",
    at: element.getBoundingClientRect(),
  }));
  const stateAt = (element: Element): string => {
    const { top, bottom } = element.getBoundingClientRect();
    const middle = (top + bottom) / 2;
    return boxes.find(({ at }) => middle > at.top && middle < at.bottom)?.name ?? "nothing";
  };
  return [...document.querySelectorAll(".states .move")].map((move) => {
    const name = move.querySelector("text")?.textContent;
    const from = [...move.querySelectorAll("circle")].map(stateAt).sort();
    const [to] = [...move.querySelectorAll(".tip")].map(stateAt);
    return `${name}: ${from.join(" ")} -> ${to}`;
  });
}

describe("the drawing of states", () => {
  const site = servedSite();
  const cycles = listLifeCycles(bundle);
  let page: Page;

  beforeAll(async () => {
    page = await site.browser.newPage();
  });
  afterAll(() => page?.close());

  it.each(cycles)("has no line across a box or a word on a desktop or a phone: $kind", async (cycle) => {
    await page.goto(site.url + lifeUrl(cycle.kind));
    const drawn = cycle.moves.flatMap(({ name, from, to }) =>
      to === undefined ? [] : [`${name}: ${[...from].sort().join(" ")} -> ${to}`],
    );
    for (const viewport of [
      { width: 1280, height: 900 },
      { width: 360, height: 740 },
    ]) {
      await page.setViewportSize(viewport);
      expect(await page.evaluate(collisions)).toEqual([]);
      expect((await page.evaluate(ties)).sort()).toEqual(drawn.sort());
      // The whole drawing is visible at once.
      const drawing = page.locator(".states-drawing");
      expect(await drawing.evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
    }
  });
});

const css = readFileSync(new URL("../generated/site.css", import.meta.url), "utf8");

describe("a drawing of other states", () => {
  let page: Page;

  beforeAll(async () => {
    page = await (await sharedChromium()).newPage();
  });
  afterAll(() => page?.close());

  it.each([
    ["in circles", ["a -> b: go, by server (it)", "b -> a: return, by server (it)"]],
    [
      "from above and below",
      ["a c d -> b: meet, by caller (you)", "b -> c: go, by server (it)", "b -> d: on, by server (it)"],
    ],
    [
      "from everywhere to everywhere",
      ["a", "b", "c", "d"].map(
        (to) =>
          `${["a", "b", "c", "d"].filter((from) => from !== to).join(" ")} -> ${to}: to_${to}, by person (they)`,
      ),
    ],
    ["with a name that has to be escaped", ["a -> <b>&amp;: <i>, by server (it)"]],
  ])("has no overlaps when moves lead %s", async (_name, moves) => {
    const html = createMarkdown().render(`\`\`\`states\n* -> a\n${moves.join("\n")}\n\`\`\``);
    await page.setContent(`<style>${css}</style>${html}`);
    expect(await page.evaluate(collisions)).toEqual([]);
    const expected = moves.map((line) => {
      const [, from = "", to = "", name = ""] = /^(.*) -> (.*): (.*), by/.exec(line) ?? [];
      return `${name}: ${from} -> ${to}`;
    });
    expect((await page.evaluate(ties)).sort()).toEqual(expected.sort());
  });
});
