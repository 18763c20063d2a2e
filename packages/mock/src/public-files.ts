/** The folder with the files of the mock's page. It is next to both `src/` and `dist/`. */
export const PUBLIC_FILES: URL = new URL("../public/", import.meta.url);
