import type { Own } from '../own';
import MetricsPage from './MetricsPage.svelte';
import Switch from './Switch.svelte';
import Values from './Values.svelte';

const own: Own = { list: MetricsPage, tools: Switch, first: Values };

export default own;
