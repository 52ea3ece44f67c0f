import type { Own } from '../own';
import { begun } from './begun';
import Carried from './Carried.svelte';
import NewVersion from './NewVersion.svelte';
import Written from './Written.svelte';

const own: Own = { below: NewVersion, parts: { F19: Written, acknowledgements: null }, last: Carried, begun };

export default own;
