import NewPage from './NewPage.svelte';
import Preview from './Preview.svelte';
import StrategyPages from './StrategyPages.svelte';
import StrategyView from './StrategyView.svelte';
import type { Own } from '../own';

const own: Own = { list: StrategyPages, created: NewPage, dossier: StrategyView, preview: Preview };

export default own;
