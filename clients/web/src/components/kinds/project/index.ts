import type { Own } from '../own';
import ArchiveView from './ArchiveView.svelte';
import CharterView from './CharterView.svelte';
import Execution from './Execution.svelte';
import Going from './Going.svelte';
import ProjectsPage from './ProjectsPage.svelte';
import Report from './Report.svelte';
import ToChannel from './ToChannel.svelte';

const own: Own = {
  list: ProjectsPage, above: Going, below: ToChannel, decided: ArchiveView, under: { F2: Execution }, last: ArchiveView,
  parts: { F2: CharterView, F4: Report, milestones: null, progress: null, records: null, F17: null },
};

export default own;
