const NODE = /^node-(bin-)?(darwin|linux|win)-/;

export const hooks = {
  /**
   * The packages that hold Node name their system in a string, where pnpm reads lists: it would install Node for every
   * system. Those for Linux need glibc, and do not say so.
   */
  readPackage(manifest) {
    if (!NODE.test(manifest.name)) return manifest;
    const { os, cpu } = manifest;
    return { ...manifest, os: [os].flat(), cpu: [cpu].flat(), ...(os === "linux" && { libc: ["glibc"] }) };
  },

  /** What only this repository needs stays out of the published manifests. */
  beforePacking({ devDependencies: _devDependencies, scripts: _scripts, ...manifest }) {
    return manifest;
  },
};
