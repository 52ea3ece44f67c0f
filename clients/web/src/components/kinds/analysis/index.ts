import type { Own } from '../own';
import Looks from './Looks.svelte';

const own: Own = { first: Looks, parts: { looks: null, handled: null, acknowledgements: null }, beside: 'strategy' };

export default own;
