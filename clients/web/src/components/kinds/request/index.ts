import type { Own } from '../own';
import Opinions from './Opinions.svelte';
import ToProject from './ToProject.svelte';

const own: Own = { below: ToProject, parts: { F1a: Opinions }, then: 'request.submit' };

export default own;
