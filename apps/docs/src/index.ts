export { type DocsServer, type ServeDocsOptions, serveDocs } from "./server/serve-docs.ts";
