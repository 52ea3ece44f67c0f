import type { Own } from '../own';
import Backtest from './Backtest.svelte';

const own: Own = { parts: { backtest: Backtest }, beside: 'metric' };

export default own;
