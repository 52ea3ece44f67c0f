import type { Own } from '../own';
import Carried from './Carried.svelte';
import Figures from './Figures.svelte';
import Heeded from './Heeded.svelte';
import Words from './Words.svelte';

const own: Own = { first: Heeded, parts: { figures: Figures, F11: Words, restated: null, acknowledgements: null }, last: Carried, beside: 'metric' };

export default own;
