// Values by chance, the same for the same seed: what a schema allows, or nearly.

const texts = ['weekly', '数据 data', 'a', ' ', '', '👍', 'x'.repeat(300), 'line\nline', '\u0007', "'; --", '../..', '%00', 'null', '0'];

export class Chance {
  #state;
  constructor(seed, document, today) {
    this.#state = seed >>> 0;
    this.document = document;
    this.today = today;
  }

  /** From 0 to n - 1. (mulberry32) */
  below(n) {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  }
  one_in(n) {
    return this.below(n) === 0;
  }
  pick(list) {
    return list[this.below(list.length)];
  }

  #hex(n) {
    return Array.from({ length: n }, () => this.below(16).toString(16)).join('');
  }
  #day(range = 60) {
    return new Date(Date.parse(this.today) + (this.below(range) - range / 3) * 86_400_000).toISOString().slice(0, 10);
  }
  uuid() {
    return `${this.#hex(8)}-${this.#hex(4)}-7${this.#hex(3)}-8${this.#hex(3)}-${this.#hex(12)}`;
  }

  #text(schema) {
    if (schema.enum) return this.one_in(20) ? 'no_such' : this.pick(schema.enum);
    if (schema.const) return schema.const;
    switch (schema.format) {
      case 'date': return this.one_in(20) ? '2026-02-30' : this.#day();
      case 'date-time': return `${this.#day()}T08:00:00.000000Z`;
      case 'uuid': return this.one_in(20) ? 'no-uuid' : this.uuid();
      case 'binary': return this.pick(texts);
    }
    if (schema.pattern === '^[0-9a-f]{64}$') return this.#hex(64);
    const kind = schema.pattern?.match(/^\^([a-z]+)\//)?.[1];
    if (kind) return `${this.one_in(20) ? 'channel' : kind}/${this.one_in(10) ? 99_999 : 1 + this.below(40)}`;
    if (schema.pattern) return `task/${1 + this.below(40)}`;
    if (schema.examples && this.one_in(2)) return this.pick(schema.examples);
    return this.pick([...texts, 'me', '@li.na', 'operations', 'OM', 'SP']);
  }

  /** Mostly what the schema allows. */
  value(schema, depth = 0) {
    if (this.one_in(60)) return this.pick([null, 7, 'text', [], {}, true, -1, 1e300, 0.5]);
    if (schema.$ref) return this.value(schema.$ref.split('/').slice(1).reduce((at, key) => at[key], this.document), depth);
    if (schema.allOf?.length === 1) return this.value({ ...schema.allOf[0], ...schema, allOf: undefined }, depth);
    if (schema.anyOf) return this.value(this.pick(schema.anyOf), depth);
    const type = Array.isArray(schema.type) ? (this.one_in(5) ? 'null' : schema.type[0]) : schema.type;
    switch (type) {
      case 'null': return null;
      case 'boolean': return schema.const ?? this.one_in(2);
      case 'integer': {
        const least = schema.minimum ?? 0, most = schema.maximum ?? least + 40;
        return this.one_in(15) ? this.pick([least - 1, most + 1, Number.MAX_SAFE_INTEGER]) : least + this.below(Math.min(most - least + 1, 40));
      }
      case 'string': return this.#text(schema);
      case 'array': return Array.from({ length: (schema.minItems ?? 0) + this.below(3) }, () => this.value(schema.items, depth + 1));
      case 'object': return this.#object(schema, depth);
      default: return depth > 3 ? 1 : { command: 'task.start', data: {} };
    }
  }

  #object(schema, depth) {
    const out = {};
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const needed = schema.required?.includes(name);
      if (needed ? !this.one_in(40) : this.one_in(2)) out[name] = this.value(property, depth + 1);
    }
    if (this.one_in(40)) out.unknown = 1;
    return out;
  }
}
