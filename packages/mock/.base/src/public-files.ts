/** The folder of the files that the mock's page consists of. It has the same place beside `src/` and `dist/`. */
export const PUBLIC_FILES: URL = new URL("../public/", import.meta.url);
