import { startConsole } from "./console/start-console.tsx";

const place = document.querySelector<HTMLElement>("[data-console]");
if (place !== null) await startConsole(place);
