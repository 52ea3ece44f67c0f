// Finds the addresses in a message. The result is text and links, never markup: whatever was written is shown as is.

export type Piece = { text: string; href?: string };

// Up to white space, quotes, angle brackets or the full-width punctuation that ends a Chinese clause.
const address = /https?:\/\/[^\s<>"'`\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u201c\u201d\u2018\u2019]+/gi;

/** Punctuation that follows an address in a sentence isn't a part of it; a closing bracket is, if it was opened inside. */
function trimmed(found: string): string {
  let end = found.length;
  for (;;) {
    const last = found[end - 1] ?? '';
    const inside = found.slice(0, end);
    if (/[.,;:!?*_~]/.test(last)) end--;
    else if (last === ')' && inside.split('(').length < inside.split(')').length) end--;
    else if (last === ']' && inside.split('[').length < inside.split(']').length) end--;
    else return inside;
  }
}

export function pieces(text: string): Piece[] {
  const result: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const shown = trimmed(match[0]);
    let href: string;
    try {
      const parsed = new URL(shown);
      if ((parsed.protocol !== 'http:' && parsed.protocol !== 'https:') || !parsed.hostname) continue;
      href = parsed.href;
    } catch {
      continue;
    }
    if (match.index > from) result.push({ text: text.slice(from, match.index) });
    result.push({ text: shown, href });
    from = match.index + shown.length;
  }
  if (from < text.length) result.push({ text: text.slice(from) });
  return result;
}
