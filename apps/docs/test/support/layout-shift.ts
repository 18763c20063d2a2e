import type { Page } from "playwright-core";

/** How far content has moved by itself (Cumulative Layout Shift), and what it was. */
export function layoutShift(page: Page): Promise<{ sum: number; moved: string }> {
  return page.evaluate(
    () =>
      new Promise<{ sum: number; moved: string }>((resolve) => {
        let sum = 0;
        const moved: string[] = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            if (!("value" in entry && typeof entry.value === "number")) continue;
            sum += entry.value;
            moved.push(JSON.stringify([entry, innerWidth]));
          }
        }).observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve({ sum, moved: moved.join("\n") })));
      }),
  );
}
