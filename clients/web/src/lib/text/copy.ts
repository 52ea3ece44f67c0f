// Puts a text where it can be pasted from. False where the browser does not allow it.

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);  // over HTTPS, and on localhost
    return true;
  } catch {
    const box = document.createElement('textarea');
    box.value = text;
    box.setAttribute('aria-hidden', 'true');
    box.className = 'hidden';
    document.body.append(box);
    box.select();
    try {
      return document.execCommand('copy');
    } catch {
      return false;
    } finally {
      box.remove();
    }
  }
}
