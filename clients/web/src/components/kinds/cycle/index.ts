import type { Own } from '../own';
import Counts from './Counts.svelte';
import Latecomer from './Latecomer.svelte';

const own: Own = { below: Latecomer, first: Counts, beside: 'appraisal' };

export default own;
