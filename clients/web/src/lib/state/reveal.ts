// Shows the part of something that scrolls sideways which matters now: an attachment for the element that scrolls.

/** `which` selects it, or says how far from the left. */
export function reveal(which: string | number) {
  return (node: HTMLElement): void => {
    const part = typeof which === 'string' ? node.querySelector<HTMLElement>(which) : null;
    const middle = typeof which === 'number' ? which : part ? part.offsetLeft - node.offsetLeft + part.offsetWidth / 2 : 0;
    if (node.scrollWidth > node.clientWidth) node.scrollLeft = middle - node.clientWidth / 2;
  };
}
