import type { Own } from '../own';

const own: Own = { beside: 'appraisal' };

export default own;
