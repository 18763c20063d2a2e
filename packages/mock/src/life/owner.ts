/** Under what resources are kept together: those of one kind, of one namespace. */
export function ownerOf(kind: string, namespace: string): string {
  return `${encodeURIComponent(kind)}:${namespace}`;
}

export function kindOf(owner: string): string {
  return decodeURIComponent(owner.slice(0, owner.indexOf(":")));
}

/** The owner of resources of another kind in the same namespace. */
export function siblingOf(owner: string, kind: string): string {
  return ownerOf(kind, owner.slice(owner.indexOf(":") + 1));
}
