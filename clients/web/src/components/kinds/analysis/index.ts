import NewPage from '../strategy/NewPage.svelte';
import StrategyPages from '../strategy/StrategyPages.svelte';
import AnalysisView from './AnalysisView.svelte';
import Preview from './Preview.svelte';
import type { Own } from '../own';

const own: Own = { list: StrategyPages, created: NewPage, dossier: AnalysisView, preview: Preview, beside: 'strategy' };

export default own;
