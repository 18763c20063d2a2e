/**
 * What covers code: everything that a finger would touch where code is visible, except the code itself. Runs in the
 * page.
 */
export function coversCode(): string[] {
  const header = document.querySelector("[data-site-header]")?.getBoundingClientRect().bottom ?? 0;
  const covers = [...document.querySelectorAll("pre")].flatMap((code) => {
    code.scrollIntoView({ block: "end" });
    const { left, right, top, bottom } = code.getBoundingClientRect();
    const places = [left + 8, Math.min(right, innerWidth) - 40].flatMap((x) => {
      const heights: [number, number][] = [];
      for (let y = Math.max(top, header) + 4; y < Math.min(bottom, innerHeight); y += 20)
        heights.push([x, y]);
      return heights;
    });
    return places.flatMap(([x, y]) => {
      const met = document.elementFromPoint(x, y);
      return met === null || code.contains(met) || met.contains(code) ? [] : [met.outerHTML.slice(0, 80)];
    });
  });
  return [...new Set(covers)];
}
