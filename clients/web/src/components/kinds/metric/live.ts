// Figures change when something is delivered: whoever shows them is told.

import type { Room } from '../../../lib/state/room.svelte';
import { listOf, schema } from '../../../lib/state/schema.svelte';

/** What figures are made of. */
const source = 'delivery';

/** Until the function returned is called. */
export function followData(room: Room, told: () => void): () => void {
  if (!schema.kind(source)) return () => {};
  return room.watch(listOf(source), (frame) => {
    if (frame.type === 'events') told();
  });
}
