// Where the words that were searched for stand in a text. Pure.

/** The words of a query: what stands between double quotes is one. */
export function wordsOf(query: string): string[] {
  return [...query.matchAll(/"([^"]+)"|(\S+)/g)].map((m) => (m[1] ?? m[2] ?? '').replaceAll('"', '').toLowerCase()).filter(Boolean);
}

export function marked(text: string, query: string): { text: string; hit: boolean }[] {
  const words = wordsOf(query);
  const low = text.toLowerCase();
  // Lower case may be of another length in a few scripts; then nothing is marked rather than the wrong thing.
  if (low.length !== text.length) return [{ text, hit: false }];
  const pieces: { text: string; hit: boolean }[] = [];
  let plain = 0;
  for (let at = 0; at < text.length; ) {
    const word = words.find((w) => low.startsWith(w, at));
    if (!word) {
      at++;
      continue;
    }
    if (at > plain) pieces.push({ text: text.slice(plain, at), hit: false });
    pieces.push({ text: text.slice(at, at + word.length), hit: true });
    plain = at += word.length;
  }
  if (plain < text.length) pieces.push({ text: text.slice(plain), hit: false });
  return pieces;
}
