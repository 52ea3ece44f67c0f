import type { Own } from '../own';
import Ballot from './Ballot.svelte';
import Nominees from './Nominees.svelte';

// The count stands with the nominees.
const own: Own = { below: Ballot, parts: { nominations: Nominees, count: null }, beside: 'appraisal' };

export default own;
