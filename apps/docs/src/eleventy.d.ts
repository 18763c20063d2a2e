// Eleventy ships no types. What stands here is the part of its documented interface that this site uses.
declare module "@11ty/eleventy" {
  export interface UserConfig {
    addGlobalData(name: string, data: unknown): void;
    addTemplate(path: string, content: unknown, data?: Record<string, unknown>): void;
    setLibrary(engine: "md", library: { render(text: string): string }): void;
    setUseGitIgnore(use: boolean): void;
  }

  interface Options {
    quietMode?: boolean;
    configPath?: string | false;
    config?: (config: UserConfig) => object;
  }

  export default class Eleventy {
    constructor(input: string, output: string, options?: Options);
    disableLogger(): void;
    toJSON(): Promise<unknown>;
  }
}
