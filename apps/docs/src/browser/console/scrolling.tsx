import type { ComponentChildren } from "preact";

/** A code block that scrolls, and can take the focus, so that the keyboard can scroll it. */
export function Scrolling({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus, WCAG 2.1.1
    <section class="scrolling" tabIndex={0} aria-label={label}>
      <pre>{children}</pre>
    </section>
  );
}
