import { fixRedoc } from "./fix-redoc.ts";

interface Redoc {
  init(spec: unknown, options: object, element: Element): unknown;
}

/**
 * Makes links to an operation work with and without Redoc: in the plain reference, the operation's ID is the anchor.
 */
function followRoutes(routes: ReadonlyMap<string, string>): void {
  const follow = (): void => {
    const route = routes.get(location.hash.slice(1));
    if (route !== undefined) location.replace(`#${route}`);
  };
  follow();
  addEventListener("hashchange", follow);
}

function readRoutes(text: string | undefined): Map<string, string> {
  const routes: unknown = JSON.parse(text ?? "{}");
  const entries = Object.entries(routes ?? {});
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** Shows Redoc in its place on the page, and removes the plain reference once Redoc is ready. */
async function showReference(place: HTMLElement): Promise<void> {
  const { redoc, spec, routes } = place.dataset;
  if (redoc === undefined || spec === undefined) return;
  const plain = document.querySelector("[data-plain-reference]");
  followRoutes(readRoutes(routes));
  const [module, response]: [Redoc, Response] = await Promise.all([
    import(new URL(redoc, location.href).href),
    fetch(new URL(spec, location.href)),
  ]);
  const description = await response.json();
  const options = {
    disableTelemetry: true,
    router: "hash",
    schemasExpansionLevel: "all",
    scrollYOffset: "[data-site-header]",
    hideLoading: true,
    codeSamples: {
      languages: [
        { lang: "curl" },
        { lang: "TypeScript" },
        { lang: "fetch" },
        { lang: "Python" },
        { lang: "payload", label: "JSON" },
      ],
    },
    downloadUrls: ["openapi.yaml", "openapi.json"].map((title) => ({
      title,
      url: new URL(`../${title}`, location.href).href,
    })),
  };
  const shown = new MutationObserver(() => {
    if (place.querySelector("h1, h2") === null) return;
    shown.disconnect();
    plain?.remove();
    place.hidden = false;
  });
  shown.observe(place, { childList: true, subtree: true });
  fixRedoc(place);
  module.init(description, options, place);
}

const place = document.querySelector<HTMLElement>("[data-redoc]");
if (place !== null) await showReference(place);
