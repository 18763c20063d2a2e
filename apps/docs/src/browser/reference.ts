interface Redoc {
  init(spec: unknown, options: object, element: Element): unknown;
}

/** Where Redoc shows what the plain reference has under an ID: links lead to the same place with and without Redoc. */
function takeRoutes(plain: Element | null): void {
  const routes = new Map<string, string>();
  for (const section of plain?.querySelectorAll<HTMLElement>("[data-route]") ?? []) {
    if (section.dataset["route"] !== undefined) routes.set(`#${section.id}`, `#${section.dataset["route"]}`);
  }
  const follow = (): void => {
    const route = routes.get(location.hash);
    if (route !== undefined) location.replace(route);
  };
  follow();
  addEventListener("hashchange", follow);
}

/** Shows Redoc in the place that the page keeps for it, and takes the plain reference away once it is there. */
async function showReference(place: HTMLElement): Promise<void> {
  const { redoc, spec } = place.dataset;
  if (redoc === undefined || spec === undefined) return;
  const plain = document.querySelector("[data-plain-reference]");
  takeRoutes(plain);
  const [module, response]: [Redoc, Response] = await Promise.all([
    import(new URL(redoc, location.href).href),
    fetch(new URL(spec, location.href)),
  ]);
  const options = {
    disableTelemetry: true,
    router: "hash",
    schemasExpansionLevel: "all",
    scrollYOffset: "[data-site-header]",
    hideLoading: true,
    downloadUrls: [{ title: "openapi.yaml", url: new URL("../openapi.yaml", location.href).href }],
  };
  const shown = new MutationObserver(() => {
    if (place.querySelector("h1, h2") === null) return;
    shown.disconnect();
    plain?.remove();
    place.hidden = false;
  });
  shown.observe(place, { childList: true, subtree: true });
  module.init(await response.json(), options, place);
}

const place = document.querySelector<HTMLElement>("[data-redoc]");
if (place !== null) await showReference(place);
