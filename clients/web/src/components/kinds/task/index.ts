import Preview from './Preview.svelte';
import type { Own } from '../own';

const own: Own = { preview: Preview };

export default own;
