import AreaPages from '../../appraisal/AreaPages.svelte';
import ElectionView from '../../appraisal/ElectionView.svelte';
import Preview from './Preview.svelte';
import type { Own } from '../own';

const own: Own = { list: AreaPages as NonNullable<Own['list']>, dossier: ElectionView, preview: Preview, beside: 'appraisal' };

export default own;
