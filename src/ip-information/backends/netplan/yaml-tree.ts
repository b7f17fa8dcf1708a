/** What a YAML file says, every scalar as its text: netplan itself decides what is a number or a boolean, by the key. */
export type Tree = string | readonly Tree[] | TreeMap;
export interface TreeMap {
  readonly [key: string]: Tree;
}

export function isMap(tree: Tree | undefined): tree is TreeMap {
  return typeof tree === 'object' && !Array.isArray(tree);
}

/** The map at a path; an empty one if there is none. */
export function mapAt(tree: Tree | undefined, ...path: readonly string[]): TreeMap {
  const found = path.reduce<Tree | undefined>((own, key) => (isMap(own) ? own[key] : undefined), tree);
  return isMap(found) ? found : {};
}

export function listAt(tree: TreeMap, key: string): readonly Tree[] {
  const found = tree[key];
  return found === undefined || typeof found === 'string' || isMap(found) ? [] : found;
}

export function textAt(tree: Tree | undefined, key: string): string | undefined {
  const found = isMap(tree) ? tree[key] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** With another value for a key; undefined: without the key. */
export function withKey(tree: TreeMap, key: string, value: Tree | undefined): TreeMap {
  if (value !== undefined) return { ...tree, [key]: value };
  return Object.fromEntries(Object.entries(tree).filter(([own]) => own !== key));
}

/** With another value at the end of a path of maps. */
export function withPath(tree: Tree | undefined, [key, ...further]: readonly string[], value: Tree): Tree {
  if (key === undefined) return value;
  const map = mapAt(tree);
  return { ...map, [key]: withPath(map[key], further, value) };
}

export function isEqual(one: Tree, other: Tree): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  if (isMap(one) !== isMap(other)) return false;
  const [left, right] = [Object.entries(one), Object.entries(other)];
  const others = new Map<string, Tree>(right);
  return (
    left.length === right.length &&
    left.every(([key, value]: readonly [string, Tree]) => {
      const match = others.get(key);
      return match !== undefined && isEqual(value, match);
    })
  );
}

/** As netplan puts the definitions of several files together: lists grow, scalars of the later file win. */
export function merged(former: Tree | undefined, later: Tree): Tree {
  if (former === undefined || typeof former === 'string' || typeof later === 'string') return later;
  if (!isMap(former) || !isMap(later)) return isMap(former) || isMap(later) ? later : [...former, ...later];
  const both = Object.entries(later).map(([key, value]) => [key, merged(former[key], value)] as const);
  return { ...former, ...Object.fromEntries(both) };
}
