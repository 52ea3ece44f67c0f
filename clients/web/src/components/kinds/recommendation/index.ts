import type { Own } from '../own';
import Measured from './Measured.svelte';

const own: Own = { first: Measured, beside: 'metric' };

export default own;
