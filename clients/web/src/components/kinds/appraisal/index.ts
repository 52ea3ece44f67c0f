import type { Own } from '../own';
import Calibrations from './Calibrations.svelte';
import Propose from './Propose.svelte';
import Scored from './Scored.svelte';
import Standing from './Standing.svelte';

const own: Own = {
  column: { of: 'result', view: Scored },
  above: Scored,
  below: Propose,
  first: Standing,
  // Both forms stand side by side, and the result with how it came about.
  parts: { opening: null, F6_draft: null, F6: null, F7_draft: null, F7: null, result: null, calibrations: Calibrations },
};

export default own;
