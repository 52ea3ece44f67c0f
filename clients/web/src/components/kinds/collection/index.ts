import type { Own } from '../own';
import FillIn from './FillIn.svelte';
import Plan from './Plan.svelte';
import Quality from './Quality.svelte';

const own: Own = { parts: { F14: Plan }, last: Quality, over: { 'collection.draft': FillIn, 'collection.revise': FillIn }, beside: 'source' };

export default own;
