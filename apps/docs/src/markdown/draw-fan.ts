/**
 * Draws one thing that leads to several others. The first line of the text is the one thing. Each other line has a
 * name and, after a colon, a few words. The diagram consists of HTML boxes, not of an image, so that it fits a phone
 * and can be searched and read aloud.
 */
export function drawFan(text: string, escapeHtml: (text: string) => string): string {
  const [source = "", ...lines] = text.trim().split("\n");
  const box = (line: string): string => {
    const [name = "", ...words] = line.split(": ");
    return `<strong>${escapeHtml(name)}</strong> <span>${escapeHtml(words.join(": "))}</span>`;
  };
  const count = lines.length;
  const paths = lines.map((_line, index) => {
    const y = ((index + 0.5) / count) * 100;
    return `<path d="M0 50 C50 50 50 ${y} 100 ${y}" vector-effect="non-scaling-stroke"/>`;
  });
  return `<div class="fan"><div class="fan-box">${box(source)}</div><svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">${paths.join("")}</svg><ul>${lines.map((line) => `<li class="fan-box">${box(line)}</li>`).join("")}</ul></div>\n`;
}
