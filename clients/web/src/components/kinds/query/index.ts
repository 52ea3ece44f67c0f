import type { Own } from '../own';
import QueriesPage from './QueriesPage.svelte';
import Statement from './Statement.svelte';

const own: Own = { list: QueriesPage, parts: { statement: Statement }, beside: 'source' };

export default own;
