import type { Own } from '../own';
import Checks from './Checks.svelte';
import Line from './Line.svelte';

const own: Own = { below: Line, parts: { checks: Checks }, beside: 'source' };

export default own;
