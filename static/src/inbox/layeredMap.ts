/** So many changes lie over one map before they are laid into a copy of it. */
const MOST_CHANGES = 256;

/**
 * A map that never changes: a change makes another one, which shares with this one all that they have in common.
 * So one change of ten thousand entries costs as much as one of ten. In the order in which the keys first came.
 */
export class LayeredMap<K, V> {
  private constructor(
    private readonly below: ReadonlyMap<K, V>,
    /** Undefined: taken away. */
    private readonly changes: ReadonlyMap<K, V | undefined>,
  ) {}

  static of<K, V>(entries: Iterable<readonly [K, V]> = []): LayeredMap<K, V> {
    return new LayeredMap(new Map(entries), new Map());
  }

  get(key: K): V | undefined {
    return this.changes.get(key) ?? (this.changes.has(key) ? undefined : this.below.get(key));
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  *keys(): Generator<K> {
    for (const key of this.below.keys()) if (this.has(key)) yield key;
    for (const key of this.changes.keys()) if (!this.below.has(key) && this.has(key)) yield key;
  }

  *values(): Generator<V> {
    for (const key of this.keys()) yield this.get(key) as V;
  }

  /** With these in the place of what was there; undefined takes away. */
  with(entries: Iterable<readonly [K, V | undefined]>): LayeredMap<K, V> {
    const next = new LayeredMap(this.below, new Map([...this.changes, ...entries]));
    return next.changes.size <= MOST_CHANGES ? next : next.flat();
  }

  private flat(): LayeredMap<K, V> {
    const all = new Map<K, V>();
    for (const key of this.keys()) all.set(key, this.get(key) as V);
    return new LayeredMap(all, new Map());
  }

  /** The keys under which the other holds something else. Quick where one came of the other. */
  differing(other: LayeredMap<K, V>): Set<K> {
    const [mine, theirs] = this.below === other.below ? [this.changes, other.changes] : [this, other];
    return new Set([...mine.keys(), ...theirs.keys()].filter((key) => this.get(key) !== other.get(key)));
  }
}
