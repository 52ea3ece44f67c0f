import AppraisalView from '../../appraisal/AppraisalView.svelte';
import AreaPages from '../../appraisal/AreaPages.svelte';
import Preview from './Preview.svelte';
import type { Own } from '../own';

const own: Own = { list: AreaPages as NonNullable<Own['list']>, dossier: AppraisalView, preview: Preview };

export default own;
