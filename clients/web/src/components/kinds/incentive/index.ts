import AreaPages from '../../appraisal/AreaPages.svelte';
import IncentiveView from '../../appraisal/IncentiveView.svelte';
import Preview from './Preview.svelte';
import type { Own } from '../own';

const own: Own = { list: AreaPages as NonNullable<Own['list']>, dossier: IncentiveView, preview: Preview, beside: 'appraisal' };

export default own;
