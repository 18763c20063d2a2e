export { launchChromium } from "./launch-chromium.ts";
export { sharedChromium } from "./shared-chromium.ts";
