import type { Own } from '../own';
import Preview from './Preview.svelte';
import Seen from './Seen.svelte';

const own: Own = { first: Seen, preview: Preview, parts: { seen: null, fired: null }, beside: 'metric' };

export default own;
