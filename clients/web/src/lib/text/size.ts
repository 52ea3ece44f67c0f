/** A number of bytes in few letters: "812 B", "1.4 MB". */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kib = bytes / 1024;
  if (kib < 1024) return `${kib < 10 ? kib.toFixed(1) : Math.round(kib)} KB`;
  const mib = kib / 1024;
  return `${mib < 10 ? mib.toFixed(1) : Math.round(mib)} MB`;
}

/** An amount of money from its hundredths: "12,000.50 CNY". */
export function money(cents: number, currency: string, locale: string): string {
  const digits = cents % 100 ? 2 : 0;
  return `${new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: 2 }).format(cents / 100)} ${currency}`;
}
