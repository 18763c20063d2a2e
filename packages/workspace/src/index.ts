export { temporaryFolder } from "./temporary-folder.ts";
export { Workspace, type WorkspaceOptions } from "./workspace.ts";
