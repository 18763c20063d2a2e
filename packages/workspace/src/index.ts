export { Workspace, type WorkspaceOptions } from "./workspace.ts";
