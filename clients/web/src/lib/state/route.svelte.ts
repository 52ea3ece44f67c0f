// What is on the screen, kept in the address so that back, reload and a bookmark work: "#/project/3?as_of=812".

import { parse, parseAsked, paths, withAsked, type Asked, type Place } from './places';
import { schema } from './schema.svelte';

export { homeOf, parse, parseAsked, paths, withAsked } from './places';
export type { Asked, Place } from './places';

/** Whether it is an address of a kind that there is not. */
function isNowhere(place: Place): boolean {
  return schema.known && (place.at === 'documents' || place.at === 'document') && schema.at(place) === null;
}

class Route {
  #place = $state.raw<Place>(parse(location.hash));
  /** Where an address leads that names no place. */
  home = $state.raw<Exclude<Place, { at: 'home' }>>({ at: 'inbox' });
  readonly place = $derived(this.#place.at === 'home' || isNowhere(this.#place) ? this.home : this.#place);
  asked = $state.raw<Asked>(parseAsked(location.hash));

  constructor() {
    addEventListener('hashchange', () => this.#look());
  }

  /** An address at the moment that is looked at. */
  at(path: string): string {
    return withAsked(path, { as_of: this.asked['as_of'] });
  }

  go(path: string): void {
    location.hash = path;
  }

  /** Changes what is asked without another step in the browser's history. */
  ask(asked: Record<string, string | undefined>): void {
    const path = location.hash.split('?')[0] || paths.board;
    history.replaceState(history.state, '', withAsked(path, { ...this.asked, ...asked }));
    this.#look();
  }

  #look(): void {
    const place = parse(location.hash);
    if (JSON.stringify(place) !== JSON.stringify(this.#place)) this.#place = place;
    this.asked = parseAsked(location.hash);
  }
}

export const route = new Route();
