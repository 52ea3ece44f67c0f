// The document's schemas for a test: as they are, but nothing may be in an answer that they do not name. (A client has to take new names.)

import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const prefix = '#/components/schemas/';

/** What is put together with others (allOf) can't be closed by itself. */
function parts_of(node, found = new Set()) {
  if (Array.isArray(node)) node.forEach((n) => parts_of(n, found));
  else if (node && typeof node === 'object') {
    if (Array.isArray(node.allOf) && node.allOf.length > 1)
      for (const one of node.allOf) if (one.$ref) found.add(one.$ref.slice(prefix.length));
    Object.values(node).forEach((n) => parts_of(n, found));
  }
  return found;
}

function closed(node, open, within = false) {
  if (Array.isArray(node)) return node.map((n) => closed(n, open));
  if (!node || typeof node !== 'object') return node;
  const together = Array.isArray(node.allOf) && node.allOf.length > 1;
  const out = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'allOf' && together) out.allOf = value.map((n) => closed(n, open, true));
    else if (key === 'properties') out.properties = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, closed(v, open)]));
    else if (key === 'const' || key === 'enum' || key === 'examples') out[key] = value;
    else if (key === '$ref' && !within && open.has(value.slice(prefix.length))) out.$ref = `${value}!`;
    else out[key] = closed(value, open);
  }
  if (!within && (node.properties || together) && !('additionalProperties' in node)) out.unevaluatedProperties = false;
  return out;
}

export class Strict {
  #ajv = new Ajv({ strict: false, allErrors: false, validateSchema: false });
  #known = new Map();
  #name;

  constructor(document, name) {
    formats(this.#ajv);
    for (const format of ['binary']) this.#ajv.addFormat(format, true);
    const open = parts_of(document);
    const all = closed(document, open);
    for (const name of open) {
      const part = document.components.schemas[name];
      all.components.schemas[`${name}!`] = closed(part, open);
      // Among others it stays open.
      all.components.schemas[name] = { ...closed(part, open, true) };
    }
    this.#name = name;
    this.#ajv.addSchema(all, name);
  }

  /** What is wrong with it by the schema at that place of the document; empty: nothing. `place`: names on the way to it. */
  faults(place, value) {
    const pointer = place.map((p) => '/' + encodeURIComponent(String(p).replaceAll('~', '~0').replaceAll('/', '~1'))).join('');
    let check = this.#known.get(pointer);
    if (!check) this.#known.set(pointer, (check = this.#ajv.compile({ $ref: `${this.#name}#${pointer}` })));
    return check(value) ? '' : check.errors.map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`).join('; ');
  }
}
