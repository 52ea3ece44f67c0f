import AreaPages from '../../appraisal/AreaPages.svelte';
import CycleView from '../../appraisal/CycleView.svelte';
import type { Own } from '../own';

const own: Own = { list: AreaPages as NonNullable<Own['list']>, dossier: CycleView, beside: 'appraisal' };

export default own;
