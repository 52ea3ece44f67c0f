// Finds the addresses in a message. The result is text and links, never markup: whatever was written is shown as is.

export type Piece = { text: string; href?: string };

// Up to white space, quotes, angle brackets or the full-width punctuation that ends a Chinese clause.
const address = /https?:\/\/[^\s<>"'`\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u201c\u201d\u2018\u2019]+/gi;

/** What encloses an address says where it ends. */
const enclosing = ['<>', '“”', '‘’', '""', "''", '「」', '『』', '《》', '〈〉', '【】'];

/** Letters of scripts that are written without blanks between the words. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]+/gu;

/**
 * In Chinese text words follow an address without a blank. They belong to it only where it goes on after them
 * ("…/周报?x=1"): browsers copy addresses with such letters written as %E5…, so at an end they are far more often what
 * somebody went on to say. Between quotes or angle brackets the address is whole ("<https://…/周报>").
 */
function withoutWords(found: string, whole: boolean): string {
  if (whole) return found;
  const host = found.indexOf('//') + 2;
  for (const run of found.matchAll(unspaced)) {
    const before = found[run.index - 1] ?? '';
    const after = found.slice(run.index + run[0].length);
    // 例子.中国 is a host; example.com看 is none.
    const inHost = !/[/?#]/.test(found.slice(host, run.index));
    const goesOn = inHost ? /^\.[^\s.]/u.test(after) || /^[/:]/.test(after) : /^(?:[/?#&=%]|[._~+-]+[a-z0-9])/i.test(after);
    const begins = inHost ? run.index === host || before === '.' : /[/?#&=%._~+-]/.test(before);
    const hostOfThese = inHost && /^(?:[^\x00-\x7f]|\.)+$/.test(found.slice(host, run.index + run[0].length));
    if (hostOfThese && begins) continue;
    if (!begins || !goesOn) return found.slice(0, run.index);
  }
  return found;
}

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
  const looking = new RegExp(address);
  for (let match = looking.exec(text); match; match = looking.exec(text)) {
    const whole = enclosing.includes((text[match.index - 1] ?? '') + (text[match.index + match[0].length] ?? ''));
    const shown = trimmed(withoutWords(match[0], whole));
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
    from = looking.lastIndex = match.index + shown.length;  // another may begin within the words that were cut off
  }
  if (from < text.length) result.push({ text: text.slice(from) });
  return result;
}
