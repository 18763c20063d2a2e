import { render } from "preact";
import type { ConsoleData } from "../../try/console-data.ts";
import { Console } from "./console.tsx";

/** Renders the console into its place on the page. */
export async function startConsole(place: HTMLElement): Promise<void> {
  const { console: source, root } = place.dataset;
  const response = await fetch(new URL(source ?? "", location.href));
  const data: ConsoleData = await response.json();
  place.replaceChildren();
  render(<Console data={data} root={root ?? "./"} />, place);
}
