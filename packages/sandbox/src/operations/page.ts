/** A page of a list and the key of the next one, `null` on the last. A key that names nothing gives an empty page. */
export function page<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  key: string | null,
  size: number,
): { readonly items: readonly Item[]; readonly nextPageKey: string | null } {
  const before = key === null ? 0 : items.findIndex((item) => keyOf(idOf(item)) === key) + 1;
  if (key !== null && before === 0) return { items: [], nextPageKey: null };
  const part = items.slice(before, before + size);
  const last = part.at(-1);
  const more = before + size < items.length;
  return { items: part, nextPageKey: more && last !== undefined ? keyOf(idOf(last)) : null };
}

/** Keys are opaque, and stay right when newer items come in front. */
function keyOf(id: string): string {
  return Buffer.from(id).toString('base64url');
}
