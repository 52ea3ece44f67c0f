// What is calculated from documents of a kind changes when one of them does: whoever shows it is told.

import type { Room } from './room.svelte';
import { listOf, schema } from './schema.svelte';

/** Until the function returned is called. Where there is no such kind nobody is told. */
export function whenAnyChanges(room: Room, kind: string, told: () => void): () => void {
  if (!schema.kind(kind)) return () => {};
  return room.watch(listOf(kind), (frame) => {
    if (frame.type === 'events') told();
  });
}
