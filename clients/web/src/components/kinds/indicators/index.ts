import IndicatorsPage from '../../appraisal/IndicatorsPage.svelte';
import type { Own } from '../own';

const own: Own = { list: IndicatorsPage, beside: 'appraisal' };

export default own;
