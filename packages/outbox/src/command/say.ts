/** Writes a line to standard output. */
export function say(text: string): void {
  console.log(printable(text));
}

/** Writes a line to standard error. */
export function warn(text: string): void {
  console.error(printable(text));
}

/** What a file or the API says must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) =>
    control === "\n" || control === "\t"
      ? control
      : `\\x${(control.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`,
  );
}
