// What is of rows that are still being loaded is read once they are, and all of it once the warehouse is back.

import type { Watched } from '../../lib/state/watched.svelte';

/** In milliseconds. */
const [whileLoading, whileAway] = [3_000, 10_000];

/** As long as the component that calls it is there. `behind`: deliveries that are not loaded yet. */
export function againOnceLoaded(of: Watched<{ behind?: number }>): void {
  $effect(() => {
    const away = of.problem?.status === 503;
    if (!away && !of.value?.behind) return;
    const later = setTimeout(() => of.soon(), away ? whileAway : whileLoading);
    return () => clearTimeout(later);
  });
}
