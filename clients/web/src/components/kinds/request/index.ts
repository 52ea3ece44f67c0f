import NewRequest from './NewRequest.svelte';
import Preview from './Preview.svelte';
import RequestsPage from './RequestsPage.svelte';
import RequestView from './RequestView.svelte';
import type { Own } from '../own';

const own: Own = { list: RequestsPage, created: NewRequest, dossier: RequestView, preview: Preview };

export default own;
