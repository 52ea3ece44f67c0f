import Preview from './Preview.svelte';
import ProjectsPage from './ProjectsPage.svelte';
import ProjectView from './ProjectView.svelte';
import type { Own } from '../own';

const own: Own = { list: ProjectsPage, dossier: ProjectView, preview: Preview };

export default own;
