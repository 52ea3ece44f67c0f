// One stop of the Tab key for many things of a kind, and the arrow keys between them. Where they stand in several columns, each of which
// scrolls, each is a stop, so that whatever scrolls can be reached. Up and down go along a column, left and right to the same place of the
// next one that has any; Home and End to either end of one.

/** `item` are the things; `column` is what they stand in, where there are several beside each other. */
export function roving(item: string, column?: string): (node: HTMLElement) => () => void {
  return (node) => {
    const been = new WeakSet<HTMLElement>();
    const columns = () => (column ? [...node.querySelectorAll(column)] : [node]).map((c) => [...c.querySelectorAll<HTMLElement>(item)]).filter((c) => c.length);

    /** Where nobody has been yet it is the first of its column, and so it is when the one that was is gone. */
    function stop(): void {
      for (const items of columns()) {
        const at = items.find((one) => been.has(one)) ?? items[0];
        for (const one of items) {
          const index = one === at ? 0 : -1;
          if (one.tabIndex !== index) one.tabIndex = index;
        }
      }
    }

    function came(e: FocusEvent): void {
      const one = (e.target as HTMLElement).closest<HTMLElement>(item);
      if (!one) return;
      for (const other of columns().find((c) => c.includes(one)) ?? []) been.delete(other);
      been.add(one);
      stop();
    }

    function press(e: KeyboardEvent): void {
      if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey || !(e.target as HTMLElement).matches(item)) return;
      const places = columns();
      const x = places.findIndex((c) => c.includes(e.target as HTMLElement));
      const here = places[x];
      if (!here) return;
      const y = here.indexOf(e.target as HTMLElement);
      const beside = (to: number) => places[to]?.[Math.min(y, places[to].length - 1)];
      const to: Record<string, HTMLElement | undefined> = {
        ArrowDown: here[y + 1], ArrowUp: here[y - 1], Home: here[0], End: here.at(-1),
        ...(column ? { ArrowRight: beside(x + 1), ArrowLeft: beside(x - 1) } : {}),
      };
      if (!(e.key in to)) return;
      e.preventDefault();
      to[e.key]?.focus();
    }

    stop();
    const watcher = new MutationObserver(stop);
    watcher.observe(node, { childList: true, subtree: true });
    node.addEventListener('focusin', came);
    node.addEventListener('keydown', press);
    return () => {
      watcher.disconnect();
      node.removeEventListener('focusin', came);
      node.removeEventListener('keydown', press);
    };
  };
}
